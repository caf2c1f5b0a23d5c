import { markdownReporter } from '../markdown.ts'
import { reportOf, type Report } from '../../src/report/reporter.ts'

/** GitHub takes 65,536 characters. The summary is capped below that, with room for what is put around it. */
const kept = 60_000

/** What tells our comment from others, and one project of a repository from another. A reader does not see it. */
export const commentMarker = (name: string): string => `<!-- vitest-perf: ${name} -->`

export interface CommentOptions {
  /** Letters, digits, `-` and `_`. */
  readonly name: string
  /** Of the workflow run that measured, as GitHub says it. */
  readonly link: string
  readonly commit: string
}

/**
 * The capped Markdown summary as the body of a comment. The run comes from somebody else's branch: its texts are escaped as in every report, and the
 * templates that it names are not used, for they would be code of that branch.
 */
export async function commentBody({ run }: Report, { name, link, commit }: CommentOptions): Promise<string> {
  const { templates: _, ...reporting } = run.config.reporting
  const own = reportOf({ ...run, config: { ...run.config, reporting } })
  const text = String(await markdownReporter({ maxBytes: kept }).render(own))
  return `${commentMarker(name)}\n${text}\n[Run and reports](${link}) of ${commit.slice(0, 10)}\n`
}

import { markdownReporter } from '../markdown.ts'
import type { Report } from '../../src/report/reporter.ts'

/** GitHub throws a summary of more than 1 MiB away as a whole; other steps of the job write theirs to files of their own. */
export const summaryLimit = 1024 * 1024
const kept = 900_000

/** The Markdown summary at the size a job summary may have. */
export async function jobSummary(report: Report): Promise<string> {
  return String(await markdownReporter({ maxBytes: kept }).render(report))
}

import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Run } from '../model/run.ts'

/**
 * The run with the templates that are named, or with its own where their folder is here: results come from other machines too.
 *
 * @returns also a sentence for people, where ours stand in for those of the run
 */
export async function withTemplates(run: Run, named?: string): Promise<{ readonly run: Run; readonly note?: string }> {
  const { templates, ...reporting } = run.config.reporting
  const using = (folder: string | undefined): Run => ({
    ...run,
    config: { ...run.config, reporting: folder === undefined ? reporting : { ...reporting, templates: folder } },
  })
  if (named !== undefined) return { run: using(named) }
  if (templates === undefined || (await isFolder(resolve(templates)))) return { run }
  return {
    run: using(undefined),
    note: `The templates of this run, ${templates}, are not here: ours stand in for them; --templates names their folder.`,
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

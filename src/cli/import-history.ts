import { stat } from 'node:fs/promises'
import { isDatabase, openHistory } from '../baseline/history-place.ts'
import { historyRuns } from '../baseline/history-read.ts'
import type { HistoryRun } from '../baseline/history-run.ts'
import { historyVariable } from '../main/history-address.ts'
import { projectName } from '../main/project-name.ts'
import { historyFile, resolvePaths } from '../main/resolve-options.ts'
import { PerfError } from '../model/error.ts'
import { configuredProject } from '../programmatic/configured.ts'
import { counted } from '../report/format.ts'

export interface ImportOptions {
  readonly file: string | undefined
  readonly to: string | undefined
  readonly project: string | undefined
}

/** Runs that are held in memory at once. */
const atOnce = 1000

/**
 * Adds the runs of a file to a database; those that it has already stay as they are, so it may be done again.
 *
 * @returns what was done, for people
 * @throws PerfError USAGE, RESULTS_UNREADABLE, HISTORY_UNAVAILABLE
 */
export async function importHistory({ file: named, to, project: name }: ImportOptions): Promise<string> {
  const root = process.cwd()
  const given = to ?? process.env[historyVariable]
  // The project is asked only for what was not said.
  const asked = given === undefined || named === undefined ? await configuredProject(root, {}) : undefined
  const paths = asked?.paths ?? resolvePaths({}, root, process.env)
  const place = given ?? paths.history
  const file = named ?? historyFile(paths.results)
  if (!isDatabase(place))
    throw new PerfError('USAGE', 'Where to? Name a postgres:// address in --to, VITEST_PERF_HISTORY or perf({ history }).')
  await stat(file).catch((cause: Error) => {
    throw new PerfError('RESULTS_UNREADABLE', `The history ${file} could not be read: ${cause.message}.`, { place: { file }, cause })
  })
  const project = name ?? (await projectName(root))
  await using history = await openHistory(place, project)
  let runs: HistoryRun[] = []
  let read = 0
  const skipped = { lines: 0 }
  for await (const run of historyRuns(file, skipped)) {
    runs.push(run)
    read++
    if (runs.length < atOnce) continue
    await history.append(runs)
    runs = []
  }
  await history.append(runs)
  const left = skipped.lines > 0 ? `; ${counted(skipped.lines, 'line')} could not be read` : ''
  return `${counted(read, 'run')} of ${file} are in the history of ${project}${left}.\n`
}

import { realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDatabase } from '../baseline/history-place.ts'
import { historyVariable } from '../main/history-address.ts'
import { withStoredHistory } from '../main/history.ts'
import { historyFile } from '../main/resolve-options.ts'
import { PerfError } from '../model/error.ts'
import type { Run } from '../model/run.ts'

/**
 * The stored run with its trends. The history is the one that is named, or that of VITEST_PERF_HISTORY, or the file that lies beside the results or in the folder
 * above, where runs put it.
 *
 * @returns the run as it is, and a sentence for people, where no history knows of it
 * @throws PerfError USAGE, RESULTS_UNREADABLE, HISTORY_UNAVAILABLE
 */
export async function withHistoryOf(
  run: Run,
  input: string,
  named: string | undefined,
): Promise<{ readonly run: Run; readonly note?: string }> {
  const given = named ?? (process.env[historyVariable] || undefined)
  if (given !== undefined && !isDatabase(given) && !(await exists(given))) throw new PerfError('USAGE', `There is no history at ${given}.`)
  const place = given ?? (await besides(input))
  if (place === undefined)
    return { run, note: 'There is no history.ndjson beside the results, so trends are left out; --history names one.' }
  const followed = await withStoredHistory(run, place, process.cwd())
  return followed.trend
    ? { run: followed }
    : { run, note: 'The history has no run of this machine up to this one, so trends are left out.' }
}

async function besides(input: string): Promise<string | undefined> {
  const path = await realpath(input)
  const folder = (await stat(path)).isDirectory() ? path : dirname(path)
  for (const candidate of [historyFile(folder), join(folder, '..', 'history.ndjson')]) if (await exists(candidate)) return candidate
  return undefined
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

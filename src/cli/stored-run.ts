import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PerfError } from '../model/error.ts'
import type { Run } from '../model/run.ts'
import { parseResults } from '../report/parse-results.ts'
import { isMissionReport, runOfMission } from './mission-run.ts'

/**
 * A stored run: a benchmark_results.json of ours or of the mission, or the folder that it lies in.
 *
 * @throws PerfError RESULTS_UNREADABLE
 */
export async function readStoredRun(path: string): Promise<Run> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const file = isFolder ? join(path, 'benchmark_results.json') : path
  const unreadable = (reason: string, cause: unknown): PerfError =>
    new PerfError('RESULTS_UNREADABLE', `${file} cannot be read: ${reason}`, { place: { file }, cause })
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(cause.code === 'ENOENT' ? 'there is no such file.' : cause.message, cause)
  })
  const value = valueOf(text)
  if (!isMissionReport(value)) return parseResults(text, file).run
  try {
    return runOfMission(value)
  } catch (cause) {
    throw unreadable('it has results, and is neither ours nor a report of the mission.', cause)
  }
}

/** Undefined where it is no JSON: whoever reads it next says what is wrong with it. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

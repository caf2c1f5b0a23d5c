import { historyOfRun } from '../baseline/history-of-run.ts'
import { readHistory } from '../baseline/history-read.ts'
import { appendHistory } from '../baseline/history-store.ts'
import { trendReport } from '../baseline/trend-report.ts'
import type { Run } from '../model/run.ts'
import { releaseTag } from './release-tag.ts'

export interface HistoryWishes {
  readonly path: string
  readonly root: string
  /** A part of the benchmarks would leave gaps, so only whole runs are added. */
  readonly filtered: boolean
  readonly write: boolean
}

/**
 * Adds a whole run to the history and gives it back with the trends that this machine's history shows. Under CI the history is written
 * where the baseline is: on request.
 */
export async function withHistory(run: Run, { path, root, filtered, write }: HistoryWishes): Promise<Run> {
  const { exit_reason } = run.verdict
  const whole = !filtered && exit_reason !== 'interrupted' && run.cases.some(({ state }) => state === 'measured')
  if (write && whole) {
    const release = await releaseTag(root)
    await appendHistory(path, historyOfRun(run, release === undefined ? {} : { release }))
  }
  const trend = trendReport(await readHistory(path, { fingerprint: run.environment.fingerprint }), {
    fingerprint: run.environment.fingerprint,
  })
  return trend ? { ...run, trend } : run
}

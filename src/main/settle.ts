import type { Vitest } from 'vitest/node'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { reporters } from '../../reporters/index.ts'
import type { BaselineReading } from '../baseline/baseline.ts'
import { nextBaseline, writeBaseline } from '../baseline/store.ts'
import type { Run } from '../model/run.ts'
import { publish, type Published } from '../report/publish.ts'
import { reportOf, type Report } from '../report/reporter.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'

export interface Settlement {
  readonly options: PerfOptions
  readonly paths: ResolvedPaths
  readonly baseline: BaselineReading
  readonly filtered: boolean
  readonly logger: Vitest['logger']
}

/** The effects at the end of a run: reports, baseline, the last words in the terminal, the exit code. */
export async function settle(run: Run, settlement: Settlement): Promise<void> {
  // Set first: whatever fails below, a failed run never exits 0.
  if (!run.verdict.passed) process.exitCode ||= 1
  const report = reportOf(run)
  const { options, paths, logger } = settlement
  const published = await publish(report, {
    folder: paths.results,
    reporting: run.config.reporting,
    reporters: { ...reporters, ...options.reporters },
  }).catch((error: unknown) => lost(error, logger))
  const kept = await keepBaseline(run, settlement).catch((error: unknown) => void lost(error, logger))
  logger.log(summaryText(report, published))
  for (const { reporter, message } of published?.failed ?? []) logger.warn(`The report "${reporter}" was not written: ${message}`)
  if (kept) logger.log(kept)
}

function lost(error: unknown, logger: Vitest['logger']): undefined {
  logger.error(error instanceof Error ? error.message : String(error))
  process.exitCode ||= 1
}

function summaryText(report: Report, published: Published | undefined): string {
  const { stdout, env } = process
  return terminalSummary(report.view, {
    columns: stdout.columns ?? 80,
    color: stdout.isTTY && !env['NO_COLOR'],
    ...(published ? { reports: published } : {}),
  })
}

/** Writes the baseline where that was asked for and the run was good; says why not where it was asked for in so many words. */
async function keepBaseline(run: Run, { options, paths, baseline, filtered }: Settlement): Promise<string | undefined> {
  const allowed = options.updateBaseline ?? run.config.update_baseline_on_success
  const next = nextBaseline(baseline, run, { allowed, filtered })
  if (next.state === 'updated') await writeBaseline(paths.baseline, next.baseline)
  else if (options.updateBaseline) return `The baseline was not updated: ${next.reason}.`
  return undefined
}

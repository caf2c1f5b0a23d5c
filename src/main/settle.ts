import type { Vitest } from 'vitest/node'
import { nextBaseline, writeBaseline } from '../baseline/store.ts'
import { readBaseline } from '../baseline/read.ts'
import type { Run } from '../model/run.ts'
import { publish } from '../report/publish.ts'
import { reportOf } from '../report/reporter.ts'
import { terminalSummary } from '../../reporters/terminal/index.ts'
import { reporters } from '../../reporters/index.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'

/** The effects at the end of a run: reports, baseline, the last words in the terminal, the exit code. */
export async function settle(run: Run, options: PerfOptions, paths: ResolvedPaths, logger: Vitest['logger']): Promise<void> {
  const report = reportOf(run)
  const published = await publish(report, {
    folder: paths.results,
    reporting: run.config.reporting,
    reporters: { ...reporters, ...options.reporters },
  })
  logger.log(terminalSummary(report.view, { columns: process.stdout.columns ?? 80, color: true }))
  logger.log(published.folder)
  if (!run.verdict.passed) process.exitCode ||= 1
  await writeBaseline(paths.baseline, nextBaseline(await readBaseline(paths.baseline), run, {}))
}

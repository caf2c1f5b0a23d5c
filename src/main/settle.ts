import type { Vitest } from 'vitest/node'
import type { BaselineReading } from '../baseline/baseline.ts'
import { readBaseline } from '../baseline/read.ts'
import type { LeftOut, NextBaseline } from '../baseline/next-baseline.ts'
import { nextBaseline, updateBaseline, written } from '../baseline/store.ts'
import type { Run } from '../model/run.ts'
import { shardText } from '../model/shard.ts'
import { plain } from '../report/plain-text.ts'
import { reportOf, type Report } from '../report/reporter.ts'
import { uploadResults } from '../report/upload.ts'
import { gitHubOf, tellGitHub } from './github-actions.ts'
import { withHistory, type HistoryWishes } from './history.ts'
import type { PerfHost } from './host.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'
import { historyFile } from './resolve-options.ts'
import { uploadTokenOf } from './upload-token.ts'
import { summaryText, writeReports } from './write-reports.ts'

export interface Settlement {
  readonly options: PerfOptions
  readonly paths: ResolvedPaths
  readonly baseline: BaselineReading
  readonly filtered: boolean
  /** Its numbers are rough, so they are not kept. */
  readonly quick: boolean
  readonly vitest: Vitest
  readonly host: PerfHost | undefined
}

/** The effects at the end of a run: history, reports, baseline, upload, the last words in the terminal, the exit code. */
export async function settle(judged: Run, settlement: Settlement): Promise<void> {
  // Set first: whatever fails below, a failed run never exits 0.
  if (!judged.verdict.passed) process.exitCode ||= 1
  const { host, vitest, options, paths } = settlement
  const problems: string[] = []
  const failed = (error: unknown): undefined => {
    const message = error instanceof Error ? error.message : String(error)
    problems.push(message)
    vitest.logger.error(message)
    process.exitCode ||= 1
  }
  const writes = host?.write ?? true
  const { run, trouble } = (await withHistory(judged, historyWishes(judged, settlement)).catch(failed)) ?? {
    run: judged,
    trouble: undefined,
  }
  const required = options.historyRequired ?? false
  if (required && trouble !== undefined) failed(new Error(trouble))
  const report = reportOf(run)
  const published = writes ? await writeReports(report, options, paths.results, host?.overrides.exporters).catch(failed) : undefined
  const kept = writes ? await keepBaseline(run, settlement).catch(failed) : undefined
  const warnings = [
    required ? undefined : trouble,
    ...(published?.failed ?? []).map(({ reporter, message }) => `The report "${reporter}" was not written: ${message}`),
    ...(writes ? [await upload(report, vitest)] : []),
    ...(writes ? [await tellGitHub(report, published, gitHubOf(vitest, process.env))] : []),
  ].filter((warning) => warning !== undefined)
  if (host?.print ?? true) vitest.logger.log(summaryText(report, published, options.quiet ?? false))
  for (const warning of warnings) vitest.logger.warn(warning)
  if (kept) vitest.logger.log(kept)
  host?.settled({ report, ...(published ? { published } : {}), problems, warnings })
}

/** Whoever receives results gets the whole, once. */
async function upload(report: Report, vitest: Vitest): Promise<string | undefined> {
  const { shard, config } = report.run
  if (!shard) return uploadResults(report, config.reporting, uploadTokenOf(vitest))
  return config.reporting.upload_external
    ? `The results were not uploaded: ${shardText(shard)} is a part, vitest-perf merge uploads the whole.`
    : undefined
}

function historyWishes(run: Run, { options, paths, filtered, vitest, host }: Settlement): HistoryWishes {
  const asked = host?.overrides.updateBaseline ?? options.updateBaseline ?? run.config.update_baseline_on_success
  const write = (host?.write ?? true) && (asked || !process.env['CI'])
  return { place: paths.history, file: historyFile(paths.results), root: vitest.config.root, filtered, write }
}

/** Writes the baseline where that was asked for and the run was good; says why not where it was asked for in so many words. */
async function keepBaseline(run: Run, { options, paths, baseline, filtered, quick, host }: Settlement): Promise<string | undefined> {
  const asked = host?.overrides.updateBaseline ?? options.updateBaseline
  if (run.shard) return asked ? 'The baseline was not updated: vitest-perf merge does it with the whole run.' : undefined
  if (quick) return asked ? 'The baseline was not updated: the numbers of a quick run are rough.' : undefined
  // What the host read for comparing may be another file: the one that is continued is never lost over it.
  const continued = host?.baseline ? await readBaseline(paths.baseline) : baseline
  const grow = (reading: BaselineReading): NextBaseline =>
    nextBaseline(reading, run, { allowed: asked ?? run.config.update_baseline_on_success, filtered })
  const planned = grow(continued)
  // Of the file as it is now: another run may have added its values since this one began.
  const next = planned.state === 'kept' ? planned : await updateBaseline(paths.baseline, async (reading) => written(grow(reading)))
  if (next.state === 'updated') return leftOutText(next.left_out)
  // Where the config asks for it with every run, a run that did not pass has said enough.
  const tell = asked ?? (run.config.update_baseline_on_success && run.verdict.passed)
  return tell ? `The baseline was not updated: ${next.reason}.` : undefined
}

function leftOutText(cases: readonly LeftOut[]): string | undefined {
  if (cases.length === 0) return undefined
  const told = cases.slice(0, 5).map(({ id, reason }) => `  ${plain(id)}: ${plain(reason, 200)}`)
  const more = cases.length > told.length ? [`  and ${cases.length - told.length} more`] : []
  return ['Not taken into the baseline:', ...told, ...more].join('\n')
}

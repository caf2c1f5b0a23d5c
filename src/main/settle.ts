import { isAbsolute, relative } from 'node:path'
import type { Vitest } from 'vitest/node'
import { exportersNamed } from '../../reporters/exporters/index.ts'
import { reporters } from '../../reporters/index.ts'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { showsUnicode } from '../../reporters/terminal/unicode.ts'
import type { BaselineReading } from '../baseline/baseline.ts'
import { readBaseline } from '../baseline/read.ts'
import { nextBaseline, writeBaseline } from '../baseline/store.ts'
import type { Run } from '../model/run.ts'
import { publish, type Published } from '../report/publish.ts'
import { reportOf, type Report, type Reporter } from '../report/reporter.ts'
import { uploadResults } from '../report/upload.ts'
import { tellGitHub } from './github-actions.ts'
import { withHistory, type HistoryWishes } from './history.ts'
import type { PerfHost } from './host.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'
import { uploadTokenOf } from './upload-token.ts'

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
  const { host, vitest } = settlement
  const problems: string[] = []
  const failed = (error: unknown): undefined => {
    const message = error instanceof Error ? error.message : String(error)
    problems.push(message)
    vitest.logger.error(message)
    process.exitCode ||= 1
  }
  const writes = host?.write ?? true
  const run = (await withHistory(judged, historyWishes(judged, settlement)).catch(failed)) ?? judged
  const report = reportOf(run)
  const published = writes ? await write(report, settlement).catch(failed) : undefined
  const kept = writes ? await keepBaseline(run, settlement).catch(failed) : undefined
  const warnings = [
    ...(published?.failed ?? []).map(({ reporter, message }) => `The report "${reporter}" was not written: ${message}`),
    ...(writes ? [await uploadResults(report, judged.config.reporting, uploadTokenOf(vitest))] : []),
    ...(writes ? [await tellGitHub(report, published, { env: process.env, vitest })] : []),
  ].filter((warning) => warning !== undefined)
  if (host?.print ?? true) vitest.logger.log(summaryText(report, published, settlement.options.quiet ?? false))
  for (const warning of warnings) vitest.logger.warn(warning)
  if (kept) vitest.logger.log(kept)
  host?.settled({ report, ...(published ? { published } : {}), problems, warnings })
}

function historyWishes(run: Run, { options, paths, filtered, vitest, host }: Settlement): HistoryWishes {
  const asked = host?.overrides.updateBaseline ?? options.updateBaseline ?? run.config.update_baseline_on_success
  return { path: paths.history, root: vitest.config.root, filtered, write: (host?.write ?? true) && (asked || !process.env['CI']) }
}

async function write(report: Report, { options, paths, host }: Settlement): Promise<Published> {
  const wanted = (chosen: PerfOptions['reporters']): Readonly<Record<string, Reporter>> =>
    isNames(chosen) ? exportersNamed(chosen) : (chosen ?? {})
  return publish(report, {
    folder: paths.results,
    reporting: report.run.config.reporting,
    reporters: { ...reporters, ...wanted(options.reporters), ...exportersNamed(host?.overrides.exporters ?? []) },
  })
}

function isNames(chosen: PerfOptions['reporters']): chosen is Extract<PerfOptions['reporters'], readonly unknown[]> {
  return Array.isArray(chosen)
}

function summaryText(report: Report, published: Published | undefined, quiet: boolean): string {
  const { stdout, env } = process
  return terminalSummary(report.view, {
    columns: stdout.columns ?? 80,
    color: stdout.isTTY && !env['NO_COLOR'],
    unicode: showsUnicode(env),
    quiet,
    ...(published ? { reports: { ...published, folder: nearby(published.folder) } } : {}),
  })
}

/** As a person would type it from where they are. */
function nearby(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') || isAbsolute(path) ? folder : path
}

/** Writes the baseline where that was asked for and the run was good; says why not where it was asked for in so many words. */
async function keepBaseline(run: Run, { options, paths, baseline, filtered, quick, host }: Settlement): Promise<string | undefined> {
  const asked = host?.overrides.updateBaseline ?? options.updateBaseline
  if (quick) return asked ? 'The baseline was not updated: the numbers of a quick run are rough.' : undefined
  // What the host read for comparing may be another file: the one that is continued is never lost over it.
  const continued = host?.baseline ? await readBaseline(paths.baseline) : baseline
  const next = nextBaseline(continued, run, { allowed: asked ?? run.config.update_baseline_on_success, filtered })
  if (next.state === 'updated') await writeBaseline(paths.baseline, next.baseline)
  else if (asked) return `The baseline was not updated: ${next.reason}.`
  return undefined
}

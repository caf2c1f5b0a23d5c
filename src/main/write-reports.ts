import { isAbsolute, relative } from 'node:path'
import { exportersNamed } from '../../reporters/exporters/index.ts'
import { reporters } from '../../reporters/index.ts'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { terminalOf } from '../../reporters/terminal/terminal-of.ts'
import { publish, type Published } from '../report/publish.ts'
import type { Report, Reporter } from '../report/reporter.ts'
import type { PerfOptions } from './options.ts'

/** All reports that the config and the options ask for, and the exporters that are named. @throws PerfError RESULTS_UNWRITABLE */
export async function writeReports(
  report: Report,
  options: PerfOptions,
  folder: string,
  exporters: readonly string[] = [],
): Promise<Published> {
  const wanted = (chosen: PerfOptions['reporters']): Readonly<Record<string, Reporter>> =>
    isNames(chosen) ? exportersNamed(chosen) : (chosen ?? {})
  const { reporting } = report.run.config
  return publish(report, {
    folder,
    // A shard whose results are not written could not be merged.
    reporting: report.run.shard ? { ...reporting, json: true } : reporting,
    reporters: { ...reporters, ...wanted(options.reporters), ...exportersNamed(exporters) },
  })
}

function isNames(chosen: PerfOptions['reporters']): chosen is Extract<PerfOptions['reporters'], readonly unknown[]> {
  return Array.isArray(chosen)
}

/** The last words in the terminal. */
export function summaryText(report: Report, published: Published | undefined, quiet: boolean): string {
  return terminalSummary(report.view, {
    ...terminalOf(process.stdout, process.env),
    quiet,
    ...(published ? { reports: { ...published, folder: nearby(published.folder) } } : {}),
  })
}

/** As a person would type it from where they are. */
function nearby(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') || isAbsolute(path) ? folder : path
}

import { resolve } from 'node:path'
import { exporters } from '../../reporters/exporters/index.ts'
import { reporters } from '../../reporters/index.ts'
import { baselineIn, readBaseline, type BaselineReading } from '../baseline/read.ts'
import { parseBenchmarkConfig } from '../gates/parse-config.ts'
import type { Overrides } from '../main/host.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import { PerfError } from '../model/error.ts'
import type { SloCompliance, Verdict } from '../model/run.ts'
import type { Report, Reporter } from '../report/reporter.ts'
import { onlyPattern } from './only.ts'
import type { BenchmarkerOptions, ConfigInput, RunOptions } from './options.ts'
import { runVitest } from './run-vitest.ts'

/** A judged run, as data, words and file format, and where it was written. */
export interface BenchmarkReport extends Report {
  readonly verdict: Verdict
  readonly slo_compliance: SloCompliance
  /** Folder of this run's reports; absent where nothing was written. */
  readonly folder?: string
  readonly files: readonly string[]
  /** Reports or a baseline that could not be written. */
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

const formats: Readonly<Record<string, Reporter>> = { ...reporters, ...exporters }

/**
 * Runs the benchmarks of a project from a program. Runs in one process wait for each other, and leave environment, exit code and signal
 * listeners as they found them.
 *
 * @example
 * const benchmarker = new PerformanceBenchmarker({ root: 'packages/api' })
 * await benchmarker.loadBaseline('baseline.json')
 * const report = await benchmarker.runAllBenchmarks()
 * console.log(report.verdict.exit_reason, report.slo_compliance.overall_compliance)
 */
export class PerformanceBenchmarker {
  readonly #options: BenchmarkerOptions
  readonly #root: string
  readonly #overrides: Overrides
  #baseline: BaselineReading | undefined

  /** @throws PerfError CONFIG_INVALID where `config` is an object with mistakes */
  constructor(options: BenchmarkerOptions = {}) {
    this.#options = options
    this.#root = resolve(options.root ?? '.')
    this.#overrides = overridesOf(options)
  }

  /**
   * What the next runs are compared with: a file, or the parsed content of one. Our baseline.json and benchmark_results.json are read, and
   * reports of the mission.
   *
   * @throws PerfError BASELINE_UNREADABLE
   */
  async loadBaseline(source: string | object): Promise<void> {
    const reading =
      typeof source === 'string'
        ? await readBaseline(resolve(this.#root, source), { required: true })
        : baselineIn(JSON.stringify(source), 'the baseline')
    if (reading.state !== 'usable') throw unreadable(reading)
    this.#baseline = reading
  }

  /**
   * Runs the project's benchmarks and judges them. A run that failed its gates, or was interrupted, is a report too.
   *
   * @throws PerfError VITEST_MISSING, PLUGIN_MISSING, NO_BENCHES, and those of configuration files; the reason of a signal that was
   * aborted before the run began
   */
  async runAllBenchmarks(run: RunOptions = {}): Promise<BenchmarkReport> {
    const { files = [], only = [], signal, onProgress, vitest = {}, print = false, results } = { ...this.#options, ...run }
    const pattern = onlyPattern(only)
    const { report, published, problems, warnings } = await runVitest({
      root: this.#root,
      files,
      quiet: !print,
      host: { overrides: this.#overrides, print, write: results !== false, ...(this.#baseline && { baseline: this.#baseline }) },
      vitest: { ...(pattern && { testNamePattern: pattern }), ...vitest },
      signal,
      onProgress,
    })
    const { verdict, slo } = report.run
    onProgress?.({ type: 'finished', passed: verdict.passed, exit_reason: verdict.exit_reason })
    return {
      ...report,
      verdict,
      slo_compliance: slo,
      ...(published && { folder: published.folder }),
      files: published?.files ?? [],
      problems,
      warnings,
    }
  }

  /** benchmark_results.json. */
  exportJson(report: Report): Promise<string> {
    return this.#text(report, 'json')
  }

  /** The page, one file that asks for nothing. */
  exportHtml(report: Report): Promise<string> {
    return this.#text(report, 'html')
  }

  exportMarkdown(report: Report): Promise<string> {
    return this.#text(report, 'markdown')
  }

  /** Needs pdfmake in the project. */
  async exportPdf(report: Report): Promise<Uint8Array> {
    const content = await this.export(report, 'pdf')
    return typeof content === 'string' ? new TextEncoder().encode(content) : content
  }

  /**
   * Any report by name: `json`, `html`, `markdown`, `pdf`, and the exporters of docs/exporters.md.
   *
   * @throws PerfError OPTION_INVALID for a name that there is not
   */
  async export(report: Report, format: string): Promise<string | Uint8Array> {
    const reporter = Object.hasOwn(formats, format) ? formats[format] : undefined
    if (!reporter) throw new PerfError('OPTION_INVALID', `There is no report "${format}"; there are ${Object.keys(formats).join(', ')}.`)
    return reporter.render(report)
  }

  async #text(report: Report, format: string): Promise<string> {
    const content = await this.export(report, format)
    return typeof content === 'string' ? content : new TextDecoder().decode(content)
  }
}

function overridesOf(options: BenchmarkerOptions): Overrides {
  const { config, results, baseline, updateBaseline, iterations, exporters, against } = options
  return {
    ...(config !== undefined && { config: configOf(config) }),
    ...(typeof results === 'string' && { results }),
    ...(baseline !== undefined && { baseline }),
    ...(updateBaseline !== undefined && { updateBaseline }),
    ...(iterations !== undefined && { iterations }),
    ...(exporters && { exporters }),
    ...(against !== undefined && { against }),
  }
}

function configOf(config: string | ConfigInput): string | BenchmarkConfig {
  return typeof config === 'string' ? config : parseBenchmarkConfig(JSON.stringify(config), 'config')
}

function unreadable({ path, findings }: Exclude<BaselineReading, { readonly state: 'usable' }>): PerfError {
  const [found] = findings
  const reason = found?.code === 'baseline_unusable' ? found.facts.reason : 'there is no such file'
  return new PerfError('BASELINE_UNREADABLE', `The baseline ${path} cannot be used: ${reason}.`, { place: { file: path } })
}

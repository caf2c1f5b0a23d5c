import type { ExporterName } from '../../reporters/exporters/index.ts'
import type { ServerOptions } from '../model/server.ts'
import type { SharedOptions } from '../model/spec.ts'
import type { Duration } from '../model/units.ts'
import type { Reporter } from '../report/reporter.ts'

/** Options of the plugin, `perf({ … })` in `plugins` of vitest.config.ts. */
export interface PerfOptions {
  /** Gates, SLOs and reporting. `TERRAPHIM_BENCH_CONFIG` wins over it. @default 'benchmark-config.json' where that file exists */
  readonly config?: string
  /** The server under test: started when a case first needs it. `TERRAPHIM_SERVER_URL` wins over it. */
  readonly server?: ServerOptions
  /** Folder of the reports. `VITEST_PERF_RESULTS` wins over it. @default 'benchmark-results' */
  readonly results?: string
  /**
   * The stored baseline, or `'history'`: then a run is compared with the earlier runs of the main branch since the level of each case last changed, and nothing
   * is accepted. `TERRAPHIM_BENCH_BASELINE` wins over it. @default '<results>/baseline.json'
   */
  readonly baseline?: string
  /**
   * What whole runs measured, for trends: a committable file of one line a run, or `postgres://…`, a database that many share (needs the package `pg`).
   * Under CI it is written where the baseline is. `VITEST_PERF_HISTORY` wins over it. @default '<results>/history.ndjson'
   */
  readonly history?: string
  /** Fail a run that a history in a database could not take. A file that cannot be written always fails it. @default false */
  readonly historyRequired?: boolean
  /** Add a good run to the baseline. @default `update_baseline_on_success` of the config, which is false by default */
  readonly updateBaseline?: boolean
  /**
   * Compare with another version of the project after the benchmarks have run, instead of with the stored baseline: a branch, tag, commit or folder.
   * Not in watch mode. @see docs/against.md
   */
  readonly against?: string | AgainstRef
  /** Options for all cases, under those of suites and cases. `TERRAPHIM_BENCH_ITERATIONS` wins over `iterations`. */
  readonly options?: SharedOptions
  /** Modules that add metrics to the sampling: each exports a `defineSampler({ … })` by default. */
  readonly samplers?: readonly string[]
  /** Print the verdict and where the reports are, and nothing else. @default false */
  readonly quiet?: boolean
  /** Further reports: names of our exporters, such as `['junit', 'csv']`, or by name objects that satisfy `Reporter`. */
  readonly reporters?: readonly ExporterName[] | Readonly<Record<string, Reporter>>
}

/** `perf({ against })`: what the benchmarks are compared with once they have run. */
export interface AgainstRef {
  /** A branch, tag, commit, or a folder. */
  readonly ref: string
  /** Longest time of the comparison. @default as long as it takes */
  readonly budget?: Duration
  /** A build step that both versions need. */
  readonly setup?: string
  /** Most pairs of processes of one case. @default 48 */
  readonly pairs?: number
}

/** Where things are, environment over options over defaults. */
export interface ResolvedPaths {
  readonly config: string | undefined
  readonly results: string
  readonly baseline: string
  /** Compare with the history in place of that file. */
  readonly comparesWithHistory: boolean
  /** A file, or the address of a database. */
  readonly history: string
}

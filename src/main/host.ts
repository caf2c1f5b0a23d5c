import type { Reporter, Vitest } from 'vitest/node'
import type { BaselineReading } from '../baseline/baseline.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Published } from '../report/publish.ts'
import type { Report } from '../report/reporter.ts'
import type { AgainstRef, PerfOptions, ResolvedPaths } from './options.ts'

/** What wins over the environment and over vitest.config.ts. */
export interface Overrides {
  /** A path, or the config itself. */
  readonly config?: string | BenchmarkConfig
  readonly results?: string
  readonly baseline?: string
  /** A file, or the address of a database. */
  readonly history?: string
  readonly iterations?: number
  readonly updateBaseline?: boolean
  /** Further reports, by name: `junit`, `csv`, … */
  readonly exporters?: readonly string[]
  readonly against?: string | AgainstRef
}

/** How a run ended, effects included. */
export interface Settled {
  readonly report: Report
  /** Absent where the reports could not be written, or were not to be. */
  readonly published?: Published
  /** Effects that failed: reports or baseline could not be written. */
  readonly problems: readonly string[]
  /** What is only to be known: one report could not be made, an upload failed. */
  readonly warnings: readonly string[]
}

/** A program that runs Vitest itself, such as our command line, and what it wants of the run. */
export interface PerfHost {
  readonly overrides: Overrides
  /** Read already; stands in for the file. */
  readonly baseline?: BaselineReading
  /** Write reports and baseline. @default true */
  readonly write?: boolean
  /** Print the summary. @default true */
  readonly print?: boolean
  /**
   * Of Vitest, once a run. Our plugin gives them to it: with `test.projects` Vitest asks the plugins of projects only, and what a host adds
   * is not among them.
   */
  readonly reporters?: readonly Reporter[]
  settled(settled: Settled): void
  /** Told what the plugin of the project was given, before anything runs. */
  configured?(configured: Configured): void
}

/** The plugin's options with what the environment and the files add. */
export interface Configured {
  readonly options: PerfOptions
  readonly paths: ResolvedPaths
  readonly config: BenchmarkConfig
}

const name = 'vitest-perf:host'

/** The host as a Vite plugin: it reaches our plugin through Vite's own list of plugins, and nothing global is touched. */
export function hostPlugin(host: PerfHost): { readonly name: string; readonly api: PerfHost } {
  return { name, api: host }
}

export function hostOf(vitest: Vitest): PerfHost | undefined {
  return vitest.vite.config.plugins.find((plugin) => plugin.name === name)?.api as PerfHost | undefined
}

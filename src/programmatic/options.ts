import type { CliOptions } from 'vitest/node'
import type { BenchmarkConfig, Gate, Reporting, Slo } from '../model/benchmark-config.ts'
import type { AgainstRef } from '../main/options.ts'
import type { OnProgress } from './progress.ts'

/** A benchmark config as one writes it: what is left out has the defaults of docs/config.md. */
export type ConfigInput = Partial<Omit<BenchmarkConfig, 'gates' | 'slo' | 'reporting'>> & {
  readonly gates?: readonly Gate[]
  readonly slo?: Partial<Slo>
  readonly reporting?: Partial<Reporting>
}

export interface RunOptions {
  /** Parts of the paths of bench files. @default all */
  readonly files?: readonly string[]
  /** Ids or names of cases; `*` stands for any characters. @default all */
  readonly only?: readonly string[]
  /** Ends the run: what was measured until then is judged and returned as interrupted. */
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

export interface BenchmarkerOptions extends RunOptions {
  /** Folder of the project. @default the working directory */
  readonly root?: string
  /** A file, or its content. @default what vitest.config.ts and the environment say */
  readonly config?: string | ConfigInput
  /** Folder of the reports, or `false`: nothing is written, no baseline either. @default what vitest.config.ts says */
  readonly results?: string | false
  /** The stored baseline: compared with, and continued where that is asked for. @default what vitest.config.ts says */
  readonly baseline?: string
  /** Add a good run to the baseline. @default what vitest.config.ts says */
  readonly updateBaseline?: boolean
  readonly iterations?: number
  /** Further reports: `['junit', 'csv']`. */
  readonly exporters?: readonly string[]
  /** Compare with another version of the project, instead of with the stored baseline. @default what vitest.config.ts says */
  readonly against?: string | AgainstRef
  /** Let Vitest and our summary print as on the command line. @default false */
  readonly print?: boolean
  /** Further options of Vitest's own Node API. */
  readonly vitest?: CliOptions
}

import type { Endpoint, Gate } from './benchmark-config.ts'
import type { ServerOptions } from './server.ts'
import type { SharedOptions } from './spec.ts'
import type { Milliseconds } from './units.ts'

/** What the plugin tells the workers. */
export interface WorkerConfig {
  readonly root: string
  readonly server?: ServerOptions
  /** The layer between the defaults and the suites: iterations, intervals, thresholds of the config. */
  readonly options: SharedOptions
  /** What `bench.scale` and `bench.users` range over where they do not say. */
  readonly over?: { readonly data_scales: readonly number[]; readonly concurrent_users: readonly number[] }
  /** Http cases that stand in the config. */
  readonly endpoints?: readonly Endpoint[]
  /** Budgets of the config: a load may end once one of them can no longer be met. */
  readonly gates?: readonly Gate[]
  /** All times are multiplied by it: below 1 where a run is only tried. */
  readonly pace?: number
  /** Modules of users' own samplers, absolute. */
  readonly samplers: readonly string[]
  /** Set where `vitest-perf against` measures: this process is one of many, of one side. */
  readonly against?: AgainstProcess
}

/** How one process of a comparison measures: short and light, for the pairs of processes are what counts. */
export interface AgainstProcess {
  readonly function: {
    readonly time_ms: Milliseconds
    readonly warmup_ms: Milliseconds
    readonly sample_ms: Milliseconds
    /** Samples without a disturbance that are waited for. */
    readonly undisturbed: number
    readonly memory_ms: Milliseconds
  }
  /** A load is cut into blocks, so that base and head can be loaded in turns. */
  readonly load: { readonly block_ms: Milliseconds; readonly blocks: number }
  /** Measure the control case too: code of ours, the same on both sides. */
  readonly control: boolean
  /** Ids of cases, `*` for any characters; others are skipped. */
  readonly only?: readonly string[]
  /** Set where the process of the other side runs at the same time: who measures asks for its turn. */
  readonly turns?: TurnsAddress
}

export interface TurnsAddress {
  /** On 127.0.0.1. */
  readonly port: number
  readonly token: string
}

import type { ServerOptions } from './server.ts'
import type { SharedOptions } from './spec.ts'

/** What the plugin tells the workers. */
export interface WorkerConfig {
  readonly root: string
  readonly server?: ServerOptions
  /** The layer between the defaults and the suites: iterations, intervals, thresholds of the config. */
  readonly options: SharedOptions
  /** Modules of users' own samplers, absolute. */
  readonly samplers: readonly string[]
}

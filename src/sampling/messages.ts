import type { Covariates } from '../model/measured.ts'
import type { Finding } from '../model/finding.ts'
import type { Phase, Resources } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { Root } from './forest.ts'

/** What one session of sampling is asked to do. Plain data: it crosses to the sampling process. */
export interface SessionOptions {
  readonly roots: readonly Root[]
  /** Pids of process trees that are nobody's: what stands below a root and is not counted with it. */
  readonly apart: readonly number[]
  readonly interval_ms: Milliseconds
  /** Module paths of the user's own samplers. */
  readonly samplers: readonly string[]
  /** Folder of the agents' sockets; absent where no agent is expected. */
  readonly agents?: string
  /** Force garbage collections in the agents and follow what survives. */
  readonly retained_heap: boolean
}

export interface Sampled {
  readonly resources: readonly Resources[]
  readonly phases: readonly Phase[]
  /** Absent where sampling failed. */
  readonly covariates?: Covariates
  readonly findings: readonly Finding[]
}

/**
 * To the sampling process. `at` is the sender's time on the common clock. `hurried`: the run is being ended, so what was read last stands, and nobody is
 * waited for.
 */
export type Request =
  | { readonly type: 'start'; readonly session: number; readonly options: SessionOptions }
  | { readonly type: 'add'; readonly session: number; readonly root: Root }
  | { readonly type: 'apart'; readonly session: number; readonly pid: number }
  | { readonly type: 'phase'; readonly session: number; readonly at: Milliseconds; readonly name: string; readonly hurried: boolean }
  | { readonly type: 'stop'; readonly session: number; readonly at: Milliseconds; readonly hurried: boolean }

/** From the sampling process. */
export type Answer =
  | { readonly type: 'started'; readonly session: number }
  | { readonly type: 'stopped'; readonly session: number; readonly sampled: Sampled }
  | { readonly type: 'failed'; readonly session: number; readonly reason: string }

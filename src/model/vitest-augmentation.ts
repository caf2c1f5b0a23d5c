import type { Measured } from './measured.ts'
import type { Milliseconds } from './units.ts'
import type { WorkerConfig } from './worker-config.ts'

/** What crosses from the worker to the main process: the cases that one test measured. */
export interface CaseArtifact {
  readonly type: 'vitest-perf:case'
  /** Counts retries and repeats of the test: the last one counts. */
  readonly attempt: number
  readonly cases: readonly Measured[]
}

/** Sent before a case begins, while its worker can still speak. */
export interface BeginArtifact {
  readonly type: 'vitest-perf:begin'
  /** The worker's process; null where the worker is a thread of the main process. */
  readonly pid: number | null
  readonly timeout_ms: Milliseconds
}

/** Marks a test as a case of ours, also where it never ran. */
export interface CaseMark {
  readonly kind: Measured['identity']['kind']
  readonly id: string | null
  /** Names of the functions of a comparison. */
  readonly keys: readonly string[] | null
  /** Sizes or levels of a scale case: each is a case `<id>_<n>` beside it. */
  readonly over?: readonly number[]
}

declare module 'vitest' {
  interface TaskMeta {
    vitestPerf?: CaseMark
  }
  interface ProvidedContext {
    vitestPerf?: WorkerConfig
  }
  interface TestArtifactRegistry {
    vitestPerf: CaseArtifact | BeginArtifact
  }
}

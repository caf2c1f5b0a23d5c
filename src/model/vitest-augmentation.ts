import type { Measured } from './measured.ts'
import type { WorkerConfig } from './worker-config.ts'

/** What crosses from the worker to the main process: the cases that one test measured. */
export interface CaseArtifact {
  readonly type: 'vitest-perf:case'
  /** Counts retries and repeats of the test: the last one counts. */
  readonly attempt: number
  readonly cases: readonly Measured[]
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
    vitestPerf: CaseArtifact
  }
}

import type { CaseError, Measured } from '../model/measured.ts'
import type { CaseIdentity } from '../model/spec.ts'
import type { AgainstProcess } from '../model/worker-config.ts'

/** A benchmark file as one Vitest project runs it. */
export interface BenchFile {
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string
  readonly project: string
}

export interface SideOptions {
  /** Vitest's config: relative to the project's folder, or absolute where it lies outside of the repository. */
  readonly config?: string
  /** Our config, where it lies outside of the repository. */
  readonly benchmarkConfig?: string
  /** Vitest's `-t`. */
  readonly testNamePattern?: string
  /** Vitest projects to run. */
  readonly projects?: readonly string[]
  /** Parts of the paths of benchmark files, relative to the project. */
  readonly filters?: readonly string[]
}

export interface RunRequest extends BenchFile {
  /** Vitest's ids of the tests to run; all where absent. */
  readonly tests?: readonly string[]
  readonly against: AgainstProcess
}

/** A case that a file declares, whether or not it would run. */
export interface DeclaredId {
  readonly identity: CaseIdentity
  readonly active: boolean
  /** Vitest's id of the test behind it. */
  readonly test: string
}

/** What one process of one file left behind. */
export interface Ran {
  readonly cases: readonly Measured[]
  /** Ids of cases that did not come back or took their process with them; those behind them in the file. */
  readonly stopped: readonly string[]
  readonly unreached: readonly string[]
  readonly control?: Measured
  /** Vitest's id of the test behind each case. */
  readonly tests: Readonly<Record<string, string>>
  readonly declared: readonly DeclaredId[]
  /** Errors of the file as such: it does not load, its worker died. */
  readonly errors: readonly CaseError[]
}

export type ToSide =
  | { readonly type: 'open'; readonly options: SideOptions }
  | { readonly type: 'collect' }
  | { readonly type: 'run'; readonly request: RunRequest }
  | { readonly type: 'close' }

export type FromSide =
  | { readonly type: 'opened' }
  | { readonly type: 'collected'; readonly declared: readonly DeclaredId[]; readonly errors: readonly CaseError[] }
  | { readonly type: 'ran'; readonly ran: Ran }
  | { readonly type: 'failed'; readonly message: string }

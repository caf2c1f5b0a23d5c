import type { CaseKind, FunctionSpec, HttpLoadOptions, RequestSource, SharedOptions, Better } from './spec.ts'
import type { ServerOptions } from './server.ts'
import type { Duration, Milliseconds, Percent } from './units.ts'

/** Options of a suite: what its cases share, and the server they use. */
export interface SuiteOptions extends SharedOptions {
  readonly server?: ServerOptions
}

type Hooks<Context> = Pick<FunctionSpec<Context>, 'setup' | 'teardown' | 'beforeEach' | 'afterEach'>

export interface FunctionOptions<Context = unknown> extends SharedOptions, Hooks<Context> {
  /** Measure heap bytes and garbage collection per call in a separate pass. @default true */
  readonly memory?: boolean
}

export interface HttpOptions extends SharedOptions, HttpLoadOptions {}

export interface TrackOptions extends SharedOptions {
  /** Free text: 'ratio', 'B', 'documents'. @default 'ratio' */
  readonly unit?: string
  /** @default 'lower' */
  readonly better?: Better
}

export interface ObserveOptions extends SharedOptions {
  /** Length of the window. @default '5s' */
  readonly duration?: Duration
  /** Work to do while watching; it is called again until the window ends. */
  readonly during?: (context: never) => unknown
}

export interface CompareOptions extends SharedOptions {
  readonly memory?: boolean
}

/** Options that every case has once they are folded: defaults < config < suite < case. */
export interface FoldedOptions {
  readonly id?: string
  readonly timeMs: Milliseconds
  readonly warmupMs: Milliseconds
  readonly timeoutMs: Milliseconds
  readonly retry: number
  readonly iterations?: number
  readonly warmupIterations?: number
  readonly intervalMs: Milliseconds
  readonly regressionThreshold?: Percent
  readonly tags: readonly string[]
}

type Body = (context: never) => unknown

/** What a case does, by kind. */
export type CaseSubject =
  | { readonly kind: 'function'; readonly body: Body; readonly hooks: Hooks<never>; readonly memory: boolean }
  | { readonly kind: 'compare'; readonly bodies: Readonly<Record<string, Body>>; readonly memory: boolean }
  | { readonly kind: 'http'; readonly request: RequestSource; readonly load: HttpLoadOptions }
  | { readonly kind: 'track'; readonly body: Body; readonly unit: string; readonly better: Better }
  | { readonly kind: 'observe'; readonly during?: Body | undefined }

/** A case as its author wrote it, options folded. */
export interface DeclaredCase {
  readonly name: string
  readonly options: FoldedOptions
  readonly subject: CaseSubject
}

export const caseKindOf: Readonly<Record<CaseSubject['kind'], CaseKind>> = {
  function: 'function',
  compare: 'function',
  http: 'http',
  track: 'track',
  observe: 'observe',
}

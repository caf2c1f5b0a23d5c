import type { MetricName } from './metric-catalogue.ts'
import type { CaseKind, DistributedOptions, FunctionSpec, HttpLoadOptions, RequestSource, SharedOptions, Better } from './spec.ts'
import type { ServerOptions } from './server.ts'
import type { Duration, Milliseconds, Percent } from './units.ts'

/** Options of a suite: what its cases share, and the server they use. */
export interface SuiteOptions extends SharedOptions {
  /** Of this suite alone: started when a case first needs it, ended with the suite. @default the one of `perf({ server })` */
  readonly server?: ServerOptions
}

/** What counts calls of a function, and says nothing to a case that calls none. */
type CallCounts = 'iterations' | 'warmup_iterations'
type TimedOptions = Omit<SharedOptions, CallCounts>

type Hooks<Context> = Pick<FunctionSpec<Context>, 'setup' | 'teardown' | 'beforeEach' | 'afterEach'>

export interface FunctionOptions<Context = unknown> extends SharedOptions, Hooks<Context> {
  /** Measure heap bytes and garbage collection per call in a separate pass. @default true */
  readonly memory?: boolean
}

export interface HttpOptions extends TimedOptions, HttpLoadOptions {
  /** Let Artillery send the load, here or on its cloud workers. @default none: the generator of vitest-perf sends it */
  readonly distributed?: DistributedOptions
}

export interface TrackOptions extends Omit<TimedOptions, 'time' | 'warmup'> {
  /** Free text: 'ratio', 'B', 'documents'. @default 'ratio' */
  readonly unit?: string
  /** Which way is good. @default 'lower' */
  readonly better?: Better
}

export interface ObserveOptions extends TimedOptions {
  /** Length of the window. @default '5s' */
  readonly duration?: Duration
  /**
   * Follow the heap that survives forced garbage collections of the server, for `leak_mb_per_minute`. Collecting takes CPU time of
   * the server, so its `cpu_percent` is then no figure of an idle one. @default false
   */
  readonly leak?: boolean
  /** Work to do while watching; it is called again until the window ends. @default none: idle */
  readonly during?: (context: never) => unknown
}

export interface CompareOptions extends SharedOptions {
  /** Measure heap bytes and garbage collection per call in a separate pass. @default true */
  readonly memory?: boolean
}

export interface ScaleOptions<Subject = unknown, Context = unknown> extends SharedOptions {
  /** Sizes to measure: whole numbers of 1 or more. Four of them that span a factor of 30 can name a class. @default `data_scales` of the config */
  readonly over?: readonly number[]
  /** Makes what one size is measured on, outside the timed region. It is collected again before the next size. */
  readonly setup: (n: number, context: Context) => Subject
  /** After a size, outside the timed region. @default none */
  readonly teardown?: (subject: Awaited<Subject>, context: Context) => unknown
  /** Measure heap bytes and garbage collection per call in a separate pass. @default true */
  readonly memory?: boolean
}

/** What {@link Bench.users} and {@link Bench.capacity} decide themselves. */
type LoadShape = 'connections' | 'users' | 'amount' | 'rate' | 'stages' | 'duration'

export interface UsersOptions extends TimedOptions, Omit<HttpLoadOptions, LoadShape> {
  /** Numbers of users, each loaded for `duration`. Four of them can show a law. @default `concurrent_users` of the config */
  readonly over?: readonly number[]
  /** How long each number of users loads. @default '5s' */
  readonly duration?: Duration
}

/** `'p99_time_ms < 50'`: a metric of http cases, a comparison, a number. */
export type ObjectiveText = `${MetricName} ${'<' | '<=' | '>' | '>='} ${number}`

/** An objective, read. */
export interface Objective {
  readonly text: string
  readonly metric: MetricName
  readonly sign: '<' | '<=' | '>' | '>='
  readonly limit: number
}

export interface CapacityOptions
  extends TimedOptions, Omit<HttpLoadOptions, LoadShape | 'pipelining' | 'session' | 'rampUp' | 'thinkTime'> {
  /**
   * What a rate has to keep, all of them: `'p99_time_ms < 50'`. Besides, the rate itself must be held (98 % of the planned requests answered) and, unless `success_rate` is named,
   * at most 1 % of the requests may fail.
   */
  readonly keep: ObjectiveText | readonly ObjectiveText[]
  /** Lowest rate of the search, requests per second. @default 10 */
  readonly from?: number
  /** Highest rate of the search, requests per second. @default 10000 */
  readonly to?: number
  /** How long each rate is tried. @default '2s' */
  readonly probe?: Duration
  /** Ratio of neighbouring rates around the capacity, above 1. @default 1.1 */
  readonly step?: number
  /** Pairs of turns from kept to not kept and back: more of them narrow the interval. @default 3 */
  readonly repeats?: number
}

/** A capacity search rarely needs more probes than this; its time limit is made of it. */
export const mostProbes = 40

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
  | {
      readonly kind: 'http'
      readonly request: RequestSource
      readonly load: HttpLoadOptions
      readonly distributed?: DistributedOptions | undefined
    }
  | {
      readonly kind: 'scale'
      readonly over: readonly number[]
      readonly setup: (n: number, context: never) => unknown
      readonly teardown: ((subject: never, context: never) => unknown) | undefined
      readonly body: (subject: never, context: never) => unknown
      readonly memory: boolean
    }
  | { readonly kind: 'users'; readonly over: readonly number[]; readonly request: RequestSource; readonly load: HttpLoadOptions }
  | {
      readonly kind: 'capacity'
      readonly request: RequestSource
      readonly load: HttpLoadOptions
      readonly keep: readonly Objective[]
      readonly from: number
      readonly to: number
      readonly step: number
      readonly repeats: number
    }
  | { readonly kind: 'track'; readonly body: Body; readonly unit: string; readonly better: Better }
  | { readonly kind: 'observe'; readonly leak: boolean; readonly during?: Body | undefined }

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
  scale: 'scale',
  users: 'scale',
  capacity: 'scale',
  track: 'track',
  observe: 'observe',
}

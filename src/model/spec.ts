import type { Gate } from './benchmark-config.ts'
import type { Duration, Milliseconds, Percent } from './units.ts'

export type CaseKind = 'function' | 'http' | 'scale' | 'track' | 'observe'
export type Better = 'lower' | 'higher'

/** Who a case is. The same in every run of the same code, so that runs can be compared. */
export interface CaseIdentity {
  /** Unique in a run: letters, digits, `_`, `-`, `:`. Metrics are named `<id>.<metric>`. */
  readonly id: string
  /** The mission's name for the id. */
  readonly operation: string
  readonly suite: string
  readonly name: string
  /** Relative to the project's root, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly kind: CaseKind
  /** The Vitest project, `''` for the only one. */
  readonly project: string
}

/** Options that every kind of case has. They fold once: defaults < config < suite < case. */
export interface SharedOptions {
  /** Stable id. @default the slug of the name */
  readonly id?: string
  /** How long to sample. @default '0.5s' for functions, '5s' for http and observe */
  readonly time?: Duration
  /** Smallest number of samples wanted, where time allows. Mission: `iterations`. */
  readonly iterations?: number
  /** Mission: `warmup_iterations`. Calls before the first sample; warm-up ends by time or by this, whichever is later. */
  readonly warmup_iterations?: number
  /** Longest warm-up. @default '0.2s' for functions, '1s' for http */
  readonly warmup?: Duration
  /** How often processes are sampled. @default 100 */
  readonly monitoring_interval_ms?: Milliseconds
  /** Change against the baseline that counts as a regression. @default 5 */
  readonly regression_threshold_percent?: Percent
  /** The case fails when it takes longer. @default '60s', or time and warm-up and 30 s where that is more */
  readonly timeout?: Duration
  /** How often a failing case is tried again; the last attempt counts. @default 0 */
  readonly retry?: number
  readonly tags?: readonly string[]
}

/** The body of a function case and what stands around it, outside the timed region. */
export interface FunctionSpec<Context = unknown> {
  readonly name: string
  readonly body: (context: Context) => unknown
  readonly context: Context
  readonly setup?: ((context: Context) => unknown) | undefined
  readonly teardown?: ((context: Context) => unknown) | undefined
  /** Before every call; forces one call a sample. */
  readonly beforeEach?: ((context: Context) => unknown) | undefined
  readonly afterEach?: ((context: Context) => unknown) | undefined
  readonly timeMs: Milliseconds
  readonly warmupMs: Milliseconds
  readonly iterations?: number | undefined
  readonly warmupIterations?: number | undefined
  /** A sample lasts at least this long. @default 1; 5 under `against` */
  readonly minimumSampleMs: Milliseconds
  /** A separate pass for heap bytes and GC time per call. @default true */
  readonly memory: boolean
  /** Length of that pass. @default 120 */
  readonly memoryMs?: Milliseconds | undefined
  /** Set where Vitest already calls `beforeEach` and friends for us. */
  readonly signal?: AbortSignal | undefined
}

export interface RequestSpec {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  /** Starts with `/`; joined to the server's origin. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object or array is sent as JSON. */
  readonly body?: unknown
  /** Share among `requests`. @default 1 */
  readonly weight?: number
}

/** What a request function gets; `random` is seeded per user, so that a run can be repeated. */
export interface RequestContext {
  readonly user: number
  readonly iteration: number
  /** Uniform in [0, 1), seeded. */
  readonly random: () => number
}

/** What `check` reads. Return false, or throw, to count the response as a failure. */
export interface CheckedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  text(): string
  // eslint-disable-next-line typescript/no-explicit-any -- as in fetch: the shape is the caller's knowledge
  json(): any
}

export type Check = (response: CheckedResponse) => unknown

/** A session user: an own cookie jar and an own connection. Steps are timed by name. */
export interface SessionUser {
  readonly id: number
  readonly iteration: number
  readonly random: () => number
  request(name: string, request: RequestSpec): Promise<CheckedResponse>
  /** Waits without counting as latency. */
  think(duration: Duration): Promise<void>
}

/** Closed loop: each connection sends its next request when the last one is answered. Measures throughput. */
export interface ClosedLoop {
  readonly connections?: number
  readonly pipelining?: number
  /** Stop after so many requests instead of after a time. */
  readonly amount?: number
}

/** Open loop: requests are sent at planned times, whatever the server does. Measures latency at a load. */
export interface OpenLoop {
  /** Requests per second. */
  readonly rate?: number
  /** Ramps: each stage moves linearly from the rate before it to its own. */
  readonly stages?: readonly { readonly rate: number; readonly duration: Duration }[]
  /** @default 'constant' */
  readonly arrivals?: 'constant' | 'poisson'
  /** Bound on requests in flight; what would exceed it is counted as dropped. @default 1000 */
  readonly maxInFlight?: number
}

/** Users that go through a session, think, and start again. */
export interface UserLoop {
  readonly users?: number
  readonly session?: (user: SessionUser) => Promise<unknown>
  readonly rampUp?: Duration
  readonly thinkTime?: Duration
}

export interface PoolOptions {
  /** Most sockets to one origin. @default as many as there are connections or users */
  readonly sockets?: number
  /** Keep connections open between requests. @default true */
  readonly keepAlive?: boolean
}

export interface HttpLoadOptions extends ClosedLoop, OpenLoop, UserLoop {
  /** How long to load. @default '5s' */
  readonly duration?: Duration
  readonly check?: Check
  /** Answer must come within. @default '10s' */
  readonly requestTimeout?: Duration
  readonly pool?: PoolOptions
  /**
   * What sends a closed loop: autocannon's HTTP client, or `direct`, the one of vitest-perf, which open loops and users always have. Asking for
   * `autocannon` where it cannot send such a load or read such answers is an error (`OPTION_INVALID`).
   *
   * @default 'autocannon' for closed loops over http without pool options whose server answers a first, uncounted request with a well-formed
   *   keep-alive answer below 1 MB; otherwise 'direct'
   */
  readonly transport?: 'autocannon' | 'direct'
  /** Seeds arrivals, request functions and weighted choice. @default 1 */
  readonly seed?: number
  /** CA certificate (PEM) that signs the target's certificate. */
  readonly ca?: string
  /** Loads to other hosts than this machine are refused without it. @default false */
  readonly allowRemote?: boolean
  /**
   * Stop the load before its time. `true`: when a blocking gate of the config can no longer be met: a bound on `error_count` and its kinds, on
   * `max_time_ms`, or from below on `success_rate`. A number: when more than so many percent of the requests fail for sure (Wilson, 99.9 %).
   *
   * @default false
   */
  readonly abort_on_fail?: boolean | Percent
}

export type RequestSource = RequestSpec | readonly RequestSpec[] | ((context: RequestContext) => RequestSpec)

/** An http case with every option decided. */
export interface HttpSpec extends HttpLoadOptions {
  readonly name: string
  readonly origin: string
  readonly request: RequestSource
  readonly durationMs: Milliseconds
  readonly warmupMs: Milliseconds
  /** Those that judge this case; `abort_on_fail: true` reads them. */
  readonly gates?: readonly Gate[]
  readonly signal?: AbortSignal | undefined
}

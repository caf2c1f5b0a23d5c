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

/** Options that a config and a suite give to cases of any kind. They fold once: defaults < config < suite < case. */
export interface SharedOptions {
  /** Stable id. @default the slug of the name */
  readonly id?: string
  /**
   * How long to sample; for a scale case, each size. A tracked number takes as long as its function does, and has none.
   *
   * @default '0.5s' for functions and scale, '5s' for http, users and observe, '2s' for each rate of a capacity
   */
  readonly time?: Duration
  /** Smallest number of calls of a function, where ten times `time` suffice for them. Of cases that call one. Mission: `iterations`. @default none */
  readonly iterations?: number
  /** Calls before the first sample; warm-up ends by time or by this, whichever is later. Of cases that call a function. Mission: `warmup_iterations`. @default none */
  readonly warmup_iterations?: number
  /** Length of the warm-up. @default '0.2s' for functions and scale, '1s' for loads, none for observe */
  readonly warmup?: Duration
  /** Milliseconds between two samples of the processes, 10 to 60000. @default 100 */
  readonly monitoring_interval_ms?: Milliseconds
  /** Percent of change against the baseline that counts as a regression, above 0 to 1000. @default 5, or that of the config */
  readonly regression_threshold_percent?: Percent
  /** The case fails when it takes longer. @default '60s', or time and warm-up and 30 s where that is more */
  readonly timeout?: Duration
  /** How often a failing case is tried again; the last attempt counts. @default 0 */
  readonly retry?: number
  /** Tags of Vitest, for its filters: those of the suites and of the case. @default none */
  readonly tags?: readonly string[]
}

/** The body of a function case and what stands around it, outside the timed region. */
export interface FunctionSpec<Context = unknown> {
  readonly name: string
  readonly body: (context: Context) => unknown
  readonly context: Context
  /** Once, before the warm-up, outside the timed region; awaited. @default none */
  readonly setup?: ((context: Context) => unknown) | undefined
  /** Once, after the last call, also where the body threw; awaited. @default none */
  readonly teardown?: ((context: Context) => unknown) | undefined
  /** Before every call, outside the timed region; forces one call a sample. @default none */
  readonly beforeEach?: ((context: Context) => unknown) | undefined
  /** After every call, outside the timed region; forces one call a sample. @default none */
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
  /** Sample on, up to five times `timeMs`, until so many samples ran while nobody else had the processor, and keep only those. @default all are kept */
  readonly undisturbed?: number | undefined
  /** Ends the measurement with `CASE_TIMEOUT`, also where the body never comes back. */
  readonly signal?: AbortSignal | undefined
}

export interface RequestSpec {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  /** Starts with `/`; joined to the server's origin. */
  readonly path: string
  /** @default none but those that HTTP needs */
  readonly headers?: Readonly<Record<string, string>>
  /** An object or array is sent as JSON. @default none */
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
  /** Connections, each with one requester. @default 10 */
  readonly connections?: number
  /** Requests that are out on one connection at a time. @default 1 */
  readonly pipelining?: number
  /** Stop after so many requests, however long they take, instead of after `duration`. @default none */
  readonly amount?: number
}

/** Open loop: requests are sent at planned times, whatever the server does. Measures latency at a load. */
export interface OpenLoop {
  /** Requests per second. @default none: without it and `stages`, the loop is closed */
  readonly rate?: number
  /** Ramps: each stage moves linearly from the rate before it (0, or `rate` where given) to its own, requests per second. @default none */
  readonly stages?: readonly { readonly rate: number; readonly duration: Duration }[]
  /** Gaps between requests: all equal, or random as of people who do not know each other. @default 'constant' */
  readonly arrivals?: 'constant' | 'poisson'
  /** Bound on requests in flight; what would exceed it is counted as dropped. @default 1000 */
  readonly maxInFlight?: number
}

/** Users that go through a session, think, and start again. */
export interface UserLoop {
  /** How many. @default 1 */
  readonly users?: number
  /** What a user does, again and again. @default one request of the case */
  readonly session?: (user: SessionUser) => Promise<unknown>
  /** Over which users arrive, evenly; not measured. @default 0 */
  readonly rampUp?: Duration
  /** Pause between two sessions of a user; not latency. @default 0 */
  readonly thinkTime?: Duration
}

export interface PoolOptions {
  /** Most sockets to one origin. @default as many as there are connections or users */
  readonly sockets?: number
  /** Keep connections open between requests. @default true */
  readonly keepAlive?: boolean
}

export interface HttpLoadOptions extends ClosedLoop, OpenLoop, UserLoop {
  /** How long to load; `stages` have their own. @default '5s' */
  readonly duration?: Duration
  /** What a good answer is like, beside a status below 400. @default every such answer is good */
  readonly check?: Check
  /** The whole answer must come within: above 0, at most 1 h. @default '10s' */
  readonly requestTimeout?: Duration
  /** How connections are shared. @default one for each connection or user, kept open */
  readonly pool?: PoolOptions
  /**
   * What sends a closed loop: autocannon's HTTP client, or `direct`, the one of vitest-perf, which open loops and users always have. Asking for
   * `autocannon` where it cannot send such a load is an error (`OPTION_INVALID`).
   *
   * @default 'autocannon' for closed loops over http without pool options; otherwise 'direct'
   */
  readonly transport?: 'autocannon' | 'direct'
  /** Seeds arrivals, request functions and weighted choice. @default 1 */
  readonly seed?: number
  /** CA certificate (PEM) that signs the target's certificate. @default those that Node trusts */
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

/** Where Artillery, which the project installs itself, sends a load from. docs/scale.md has what it can express. */
export interface DistributedOptions {
  /**
   * This machine (`artillery run`), or workers that Artillery starts in an account of the user: AWS Fargate (`run-fargate`), AWS Lambda
   * (`run-lambda`), Azure Container Instances (`run-aci`).
   *
   * @default 'local'
   */
  readonly platform?: 'local' | 'fargate' | 'lambda' | 'aci'
  /** Workers that share the load; of a cloud only. @default 1 */
  readonly workers?: number
  /** Of the cloud. @default that of Artillery: us-east-1, eastus */
  readonly region?: string
  /** Further words for its command line, `['--cpu', '8']`. @default none */
  readonly arguments?: readonly string[]
  /** Folder whose node_modules holds Artillery, relative to the root. @default the root, and the folders above it */
  readonly installation?: string
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

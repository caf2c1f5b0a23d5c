import type { Finding } from './finding.ts'
import type { Phase, Resources } from './resources.ts'
import type { Better, CaseIdentity } from './spec.ts'
import type { EpochMilliseconds, Milliseconds, Nanoseconds, Percent, PerSecond } from './units.ts'

/** Batches of calls, in time order. */
export interface SampledTimes {
  readonly type: 'samples'
  /** Time per call of each sample, warm-up already cut. */
  readonly ns_per_call: readonly Nanoseconds[]
  /** Calls in one sample. */
  readonly batch: number
  readonly calls: number
  readonly awaited: boolean
  readonly warmup: { readonly calls: number; readonly ms: Milliseconds; readonly cut_samples: number }
  readonly clock_overhead_ns: Nanoseconds
  /** Cost of awaiting that is part of every call of an async body. */
  readonly await_overhead_ns: Nanoseconds
  readonly steady_state: 'flat' | 'warm-up' | 'slow-down' | 'no steady state' | 'unknown'
  /** Where the samples were taken in turns with other cases: index of the first sample of each turn. */
  readonly block_starts?: readonly number[]
  /** Where samples are left out during which somebody else had the processor: how many of how many are kept, and the mean of all of them. */
  readonly undisturbed?: { readonly kept: number; readonly of: number; readonly mean_ns_of_all: Nanoseconds }
  readonly memory?: { readonly bytes_per_call: number; readonly gc_ns_per_call: Nanoseconds; readonly gc_count: number }
}

export type FailureKind = 'status' | 'check' | 'timeout' | 'connection' | 'protocol'

export interface FailedResponse {
  readonly kind: FailureKind
  readonly at_ms: Milliseconds
  readonly message: string
  readonly status?: number
  /** Cut at 2 kB. */
  readonly body?: string
}

export interface LoadWindow {
  readonly at_ms: Milliseconds
  readonly requests: number
  readonly failures: number
  readonly bytes: number
  /** Absent, as `p99_ms`, where no answer came in the window. */
  readonly p50_ms?: number
  readonly p99_ms?: number
  /** Of the latencies, as that of the whole load; in windows of 3 s or more, which are loads of 5 minutes or more. */
  readonly histogram?: string
}

/** A load of HTTP requests. Latencies are in one histogram of microseconds (HdrHistogram V2, base64): mergeable exactly. */
export interface LoadTimes {
  readonly type: 'load'
  readonly model: 'closed' | 'open' | 'users'
  readonly histogram: string
  readonly min_ms: Milliseconds
  readonly max_ms: Milliseconds
  readonly mean_ms: Milliseconds
  readonly stddev_ms: Milliseconds
  readonly elapsed_ms: Milliseconds
  /** Requests whose answer (or failure) was seen in the measured time. */
  readonly requests: number
  readonly planned: number
  readonly dropped: number
  readonly late: number
  readonly failures: Readonly<Record<FailureKind, number>>
  readonly first_failures: readonly FailedResponse[]
  readonly bytes_received: number
  readonly body_bytes_received: number
  readonly bytes_sent: number
  readonly connections: {
    readonly opened: number
    readonly reused: number
    readonly connect_ms: Milliseconds
    readonly tls_ms: Milliseconds
    readonly wait_ms: Milliseconds
  }
  /** Last failure to the first window at the earlier rate; absent where nothing failed. */
  readonly recovery_time_ms?: Milliseconds
  readonly windows: readonly LoadWindow[]
  /** Named steps of a session, or requests of a mix: histogram each. */
  readonly steps: Readonly<Record<string, { readonly histogram: string; readonly requests: number; readonly failures: number }>>
  readonly wanted_rate?: number
  /** What sent the requests; absent in results from before there was a choice. */
  readonly transport?: 'autocannon' | 'direct' | 'mixed'
  /** Why a closed loop was sent directly without being asked to; for `mixed`, which of several loads were sent by what. */
  readonly transport_reason?: string
  readonly ceiling: { readonly verdict: 'server' | 'generator' | 'schedule'; readonly reason: string }
  readonly generator: { readonly cpu_percent: Percent; readonly event_loop_utilization: number }
}

/** A load that another tool sent and counted: its own figures, for it hands over no samples and no histogram. */
export interface ReportedLoad {
  readonly type: 'reported'
  readonly tool: 'artillery'
  readonly tool_version: string
  readonly platform: 'local' | 'fargate' | 'lambda' | 'aci'
  readonly workers: number
  readonly elapsed_ms: Milliseconds
  /** Requests that were sent. */
  readonly requests: number
  /** Requests that had an answer, whatever it said. */
  readonly answered: number
  readonly planned: number
  readonly dropped: number
  readonly wanted_rate: number
  readonly failures: Readonly<Record<FailureKind, number>>
  /** Answers by status. */
  readonly codes: Readonly<Record<string, number>>
  /** Requests without an answer by what the tool calls their error. */
  readonly errors: Readonly<Record<string, number>>
  /** To the first byte of an answer; absent where none came. */
  readonly latency?: Readonly<Record<ReportedTime, Milliseconds>>
  readonly body_bytes_received: number
  readonly windows: readonly LoadWindow[]
}

export type ReportedTime = 'min_ms' | 'max_ms' | 'mean_ms' | 'p50_ms' | 'p75_ms' | 'p90_ms' | 'p95_ms' | 'p99_ms' | 'p999_ms'

export interface TrackedValues {
  readonly type: 'tracked'
  readonly values: readonly number[]
  readonly unit: string
  readonly better: Better
}

export interface ScalePoint {
  readonly n: number
  readonly times: SampledTimes
  readonly heap_bytes?: number
}

export interface ScaleTimes {
  readonly type: 'scale'
  readonly points: readonly ScalePoint[]
}

/** Throughput at one number of users. The whole load of a level is a case of its own, `<id>_<n>`. */
export interface LoadLevel {
  readonly n: number
  readonly elapsed_ms: Milliseconds
  /** Requests with a whole answer, whatever it said. */
  readonly answered: number
  readonly failed: number
  readonly mean_ms: Milliseconds
  readonly windows: readonly LoadWindow[]
  readonly ceiling: LoadTimes['ceiling']
  /** How busy the resources were that can be full, 0 to 1, as sampled at this level. */
  readonly busy?: Readonly<Record<string, number>>
}

export interface LoadLevels {
  readonly type: 'levels'
  readonly points: readonly LoadLevel[]
}

/** One rate, tried for a while. */
export interface CapacityProbe {
  readonly rate: PerSecond
  readonly kept: boolean
  /** Why it was not kept; empty where it was. */
  readonly reason: string
  /** The part of the search: finding two rates with the capacity between them, or the staircase around it. */
  readonly part: 'bracket' | 'staircase'
  readonly achieved: PerSecond
  /** The metrics that the objective names. */
  readonly values: Readonly<Record<string, number>>
  readonly ceiling: LoadTimes['ceiling']
  readonly generator: LoadTimes['generator']
}

/** A search for the highest rate that keeps an objective. */
export interface CapacitySearch {
  readonly type: 'capacity'
  readonly keep: readonly string[]
  readonly from: PerSecond
  readonly to: PerSecond
  /** Ratio of neighbouring rates of the staircase. */
  readonly step: number
  readonly probes: readonly CapacityProbe[]
}

/** A window in which only processes were watched. */
export interface Observation {
  readonly type: 'observation'
  readonly elapsed_ms: Milliseconds
}

export type Measurement = SampledTimes | LoadTimes | ReportedLoad | TrackedValues | ScaleTimes | LoadLevels | CapacitySearch | Observation

export interface CaseError {
  readonly message: string
  readonly stack?: string
  readonly code?: string
}

interface CaseBase {
  readonly identity: CaseIdentity
  readonly regression_threshold_percent?: Percent
  readonly findings: readonly Finding[]
}

/** How busy the machine was around the samples; verdicts and findings read it. What a system does not tell is absent: a 0 was measured. */
export interface Covariates {
  readonly steal_percent?: Percent
  readonly pressure_percent?: Percent
  readonly throttled_ms?: Milliseconds
  readonly involuntary_switches?: number
  readonly load_average?: number
}

export interface MeasuredCase extends CaseBase {
  readonly state: 'measured'
  readonly started_at: EpochMilliseconds
  readonly duration_ms: Milliseconds
  readonly measurement: Measurement
  readonly phases: readonly Phase[]
  readonly resources: readonly Resources[]
  readonly startup_time_ms?: Milliseconds
  readonly covariates?: Covariates
  /** Cases of one comparison were measured in turns; the first of them is the base. */
  readonly group?: { readonly name: string; readonly base: string }
}

export interface FailedCase extends CaseBase {
  readonly state: 'failed'
  readonly errors: readonly CaseError[]
}

export interface SkippedCase extends CaseBase {
  readonly state: 'skipped'
  readonly reason: string
}

export interface NotApplicableCase extends CaseBase {
  readonly state: 'not_applicable'
  readonly reason: string
}

/** What one case left behind. Only `measured` has numbers. */
export type Measured = MeasuredCase | FailedCase | SkippedCase | NotApplicableCase

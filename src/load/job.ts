import type { Gate } from '../model/benchmark-config.ts'
import type { RequestSpec } from '../model/spec.ts'

/** Where a function of the test file runs: shipped as source to the generator, or called where it was written. */
interface ShippedFunction {
  readonly source: string
}

/** What the options say of the transport. Where they leave it to autocannon, it still has to be one that can be used. */
export type TransportPlan =
  | { readonly use: 'direct'; readonly reason?: string }
  | {
      readonly use: 'autocannon'
      /** The case asks for it, so that it cannot be replaced silently. */
      readonly asked: boolean
    }

/** A load that can cross to the generator process: plain data, every option decided. */
export interface LoadJob {
  readonly name: string
  readonly origin: string
  readonly ca: string | undefined
  readonly requests: readonly RequestSpec[] | ShippedFunction
  readonly check: ShippedFunction | undefined
  readonly shape: ClosedShape | OpenShape | UsersShape
  readonly transport: TransportPlan
  readonly durationMs: number
  readonly warmupMs: number
  readonly timeoutMs: number
  /** Undefined: as many as there are connections or users. */
  readonly sockets: number | undefined
  readonly keepAlive: boolean
  readonly seed: number
  /** What ends the load before its time. */
  readonly stops: readonly Stop[]
}

export interface ClosedShape {
  readonly model: 'closed'
  readonly connections: number
  readonly pipelining: number
  readonly amount: number | undefined
}

export interface Stage {
  readonly fromRate: number
  readonly toRate: number
  readonly durationMs: number
}

export interface OpenShape {
  readonly model: 'open'
  readonly stages: readonly Stage[]
  readonly arrivals: 'constant' | 'poisson'
  readonly maxInFlight: number
}

export interface UsersShape {
  readonly model: 'users'
  readonly users: number
  readonly rampUpMs: number
  readonly thinkMs: number
}

/** Metrics that never become smaller while a load runs. */
export type GrowingMetric =
  | 'error_count'
  | 'status_error_count'
  | 'check_error_count'
  | 'timeout_count'
  | 'connection_error_count'
  | 'max_time_ms'

/** A reason to end a load before its time. */
export type Stop =
  /** More than so many percent of the requests failed. */
  | { readonly by: 'share'; readonly percent: number }
  /** A metric that only grows is above what a gate allows. */
  | { readonly by: 'growth'; readonly gate: Gate; readonly metric: GrowingMetric }
  /** More requests failed than a gate forgives. `planned`: how many there will be, where that is certain. */
  | { readonly by: 'success'; readonly gate: Gate; readonly planned: number | undefined; readonly durationMs: number }

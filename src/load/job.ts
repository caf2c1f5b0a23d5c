import type { RequestSpec } from '../model/spec.ts'

/** Where a function of the test file runs: shipped as source to the generator, or called where it was written. */
interface ShippedFunction {
  readonly source: string
}

/** What the options say of the transport. Where they leave it to autocannon, the first answer of the server decides. */
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
  readonly abortOnFailPercent: number | undefined
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

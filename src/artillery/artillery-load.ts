import type { DistributedOptions, RequestSpec } from '../model/spec.ts'
import type { Milliseconds, PerSecond } from '../model/units.ts'

/** An open loop that Artillery can send: plain data, every option decided. */
export interface ArtilleryLoad {
  readonly name: string
  readonly origin: string
  /** Of an origin with `user:pass@`. */
  readonly authorization: string | undefined
  readonly requests: readonly RequestSpec[]
  readonly stages: readonly { readonly fromRate: PerSecond; readonly toRate: PerSecond; readonly durationMs: Milliseconds }[]
  readonly arrivals: 'constant' | 'poisson'
  readonly maxInFlight: number
  readonly timeoutMs: Milliseconds
  readonly sockets: number | undefined
  readonly keepAlive: boolean
  readonly distributed: Required<Pick<DistributedOptions, 'platform' | 'workers' | 'arguments'>> &
    Pick<DistributedOptions, 'region' | 'installation'>
}

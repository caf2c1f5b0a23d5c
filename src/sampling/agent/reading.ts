import type { Bytes, Milliseconds } from '../../model/units.ts'

/** What the agent in one Node process told last. Counters start when the sampling connects. */
export interface AgentReading {
  readonly pid: number
  readonly heap_used_bytes: Bytes
  readonly heap_total_bytes: Bytes
  readonly external_bytes: Bytes
  readonly gc: GcReading
  /** Since the agent was asked last. */
  readonly delay_max_ms: Milliseconds
  /** Since the measured phase began. */
  readonly delay_p99_ms: Milliseconds
  readonly loop_active_ms: Milliseconds
  readonly loop_idle_ms: Milliseconds
  /** Absent where it was not due. */
  readonly handles?: number
  readonly rx_bytes?: Bytes
  readonly tx_bytes?: Bytes
}

export interface GcReading {
  /** Collections by kind: minor, major, incremental, weakcb. */
  readonly counts: Readonly<Record<string, number>>
  readonly pause_ms: Milliseconds
  /** Longest pause since the agent was asked last. */
  readonly max_pause_ms: Milliseconds
}

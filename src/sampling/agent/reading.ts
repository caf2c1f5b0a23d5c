import type { Bytes, Milliseconds } from '../../model/units.ts'

/** What an agent answers. Counters start when the sampling connects. */
export interface AgentReading {
  readonly id: number
  readonly pid: number
  readonly heap_used_bytes: Bytes
  readonly heap_total_bytes: Bytes
  readonly external_bytes: Bytes
  readonly gc: GcReading
  readonly loop: LoopReading
  /** Absent where not asked for. */
  readonly sockets?: SocketReading
  readonly handles?: number
  readonly retained?: RetainedReading
}

/** Of the young generation, of the whole heap, and the rest: steps of incremental marking, weak callbacks. */
export type GcKind = 'minor' | 'major' | 'other'

export interface GcReading {
  /** Forced collections are not in it. */
  readonly kinds: Readonly<Record<GcKind, { readonly count: number; readonly pause_ms: Milliseconds }>>
  /** Longest pause since the last answer. */
  readonly max_pause_ms: Milliseconds
}

export interface LoopReading {
  /** Longest delay since the last answer. */
  readonly delay_max_ms: Milliseconds
  /** Since the measured phase began. Absent where not asked for. */
  readonly delay_p99_ms?: Milliseconds
  readonly active_ms: Milliseconds
  readonly idle_ms: Milliseconds
}

export interface SocketReading {
  readonly rx_bytes: Bytes
  readonly tx_bytes: Bytes
}

export interface RetainedReading {
  /** Heap in use after the collection, buffers outside the heap included. */
  readonly bytes: Bytes
  readonly took_ms: Milliseconds
}

import type { AgentReading } from './agent/reading.ts'

/** Counters of agents that are gone: their share of the totals stays. */
export interface AgentTotals {
  readonly gc_count: number
  readonly gc_pause_ms: number
  readonly rx_bytes: number
  readonly tx_bytes: number
}

export const noTotals: AgentTotals = { gc_count: 0, gc_pause_ms: 0, rx_bytes: 0, tx_bytes: 0 }

export function addTotals(totals: AgentTotals, { gc, sockets }: AgentReading): AgentTotals {
  return {
    gc_count: totals.gc_count + Object.values(gc.counts).reduce((sum, count) => sum + count, 0),
    gc_pause_ms: totals.gc_pause_ms + gc.pause_ms,
    rx_bytes: totals.rx_bytes + (sockets?.rx_bytes ?? 0),
    tx_bytes: totals.tx_bytes + (sockets?.tx_bytes ?? 0),
  }
}

/** What the agents of one process tree told. */
export interface AgentReport {
  readonly live: readonly AgentReading[]
  /** Sum over all agents, those that are gone included: counters with an arbitrary start. */
  readonly totals: AgentTotals
}

import type { AgentReading, GcKind, GcReading } from './agent/reading.ts'

/** Counters of agents that are gone: their share of the totals stays. */
export interface AgentTotals {
  readonly gc: GcReading['kinds']
  readonly rx_bytes: number
  readonly tx_bytes: number
}

const none = { count: 0, pause_ms: 0 }

export const noTotals: AgentTotals = { gc: { minor: none, major: none, other: none }, rx_bytes: 0, tx_bytes: 0 }

export function addTotals(totals: AgentTotals, { gc, sockets }: AgentReading): AgentTotals {
  const sum = (kind: GcKind) => ({
    count: totals.gc[kind].count + gc.kinds[kind].count,
    pause_ms: totals.gc[kind].pause_ms + gc.kinds[kind].pause_ms,
  })
  return {
    gc: { minor: sum('minor'), major: sum('major'), other: sum('other') },
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

import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Milliseconds } from '../model/units.ts'
import { agentAddress } from './agent/address.ts'
import type { AgentReading } from './agent/reading.ts'
import type { AgentRequest } from './agent/requests.ts'
import type { AgentConnection } from './agent-connection.ts'
import { connectAgent } from './agent-connection.ts'
import type { AgentReport, AgentTotals } from './agent-totals.ts'
import { addTotals, noTotals } from './agent-totals.ts'
import { now } from './clock.ts'

/** A process whose agent is not there yet is asked again this often. */
const retryEvery_ms = 500
/** What takes longer is asked for this often. */
const fullEvery_ms = 1000
/** A busy loop answers late; a phase does not wait longer for it. An interrupted run has about a second in all to hand over what it measured. */
const longestWait_ms = 250

/** The agents of one process tree. */
export interface AgentHub {
  /** Asks all of them; `wait` for their answers where a phase begins or ends. */
  ask(pids: readonly number[], about: { readonly wait: boolean }): Promise<void>
  report(): AgentReport
  /** The measured phase begins. */
  reset(): void
  connections(): readonly AgentConnection[]
  close(): void
}

export function agentHub(folder: string): AgentHub {
  const connections = new Map<number, AgentConnection>()
  let nextTry = 0
  let nextFull = 0
  let ended: AgentTotals = noTotals

  function connect(pids: readonly number[], at: Milliseconds): void {
    if (at < nextTry) return
    nextTry = at + retryEvery_ms
    for (const pid of pids) {
      const address = agentAddress(folder, pid)
      if (!connections.has(pid) && (process.platform === 'win32' || existsSync(address))) connections.set(pid, connectAgent(pid, address))
    }
  }
  function bury(): void {
    for (const [pid, connection] of connections) {
      if (connection.open()) continue
      const last = connection.last()
      if (last) ended = addTotals(ended, last)
      connections.delete(pid)
    }
  }

  return {
    async ask(pids, { wait }) {
      const at = now()
      if (wait) nextTry = 0
      bury()
      connect(pids, at)
      const full = wait || at >= nextFull
      if (full) nextFull = at + fullEvery_ms
      const request: Omit<AgentRequest, 'id'> = full ? { full } : {}
      const idle = [...connections.values()].filter((connection) => wait || connection.waiting() === 0)
      const answers = idle.map((connection) => connection.ask(request))
      if (wait && answers.length > 0) await Promise.race([Promise.all(answers), setTimeout(longestWait_ms)])
    },
    report() {
      const all = [...connections.values()]
      const told = (list: readonly AgentConnection[]): AgentReading[] =>
        list.map((each) => each.last()).filter((last) => last !== undefined)
      return { live: told(all.filter((each) => each.fresh())), totals: told(all).reduce(addTotals, ended) }
    },
    reset() {
      for (const connection of connections.values()) void connection.ask({ reset: true, full: true })
    },
    connections: () => [...connections.values()].filter((connection) => connection.open()),
    close() {
      for (const connection of connections.values()) connection.close()
    },
  }
}

import { createConnection } from 'node:net'
import type { AgentReading } from './agent/reading.ts'
import type { AgentRequest } from './agent/requests.ts'

/** The sampling process' end of the line to one agent. */
export interface AgentConnection {
  readonly pid: number
  /** The newest answer; undefined before the first. */
  last(): AgentReading | undefined
  /** False from the begin of the measured phase to the first answer that is about it alone. */
  fresh(): boolean
  /** False once the process is gone or never listened. */
  open(): boolean
  /** Resolves with the answer, or with undefined when the agent is gone. */
  ask(request: Omit<AgentRequest, 'id'>): Promise<AgentReading | undefined>
  /** Questions without an answer so far: a blocked loop answers late. */
  waiting(): number
  close(): void
}

/** Two answers between two looks: neither's longest delay or pause may be lost. */
function withLonger(reading: AgentReading, before: AgentReading): AgentReading {
  return {
    ...reading,
    loop: { ...reading.loop, delay_max_ms: Math.max(reading.loop.delay_max_ms, before.loop.delay_max_ms) },
    gc: { ...reading.gc, max_pause_ms: Math.max(reading.gc.max_pause_ms, before.gc.max_pause_ms) },
  }
}

export function connectAgent(pid: number, address: string): AgentConnection {
  const socket = createConnection(address)
  const waiting = new Map<number, (reading: AgentReading | undefined) => void>()
  let questions = 0
  let last: AgentReading | undefined
  let rest = ''
  let open = true
  let stale = 0
  let unread = false

  function take(reading: AgentReading): void {
    // Handles, sockets and percentiles are not in every answer: what was told last still stands.
    const whole = { ...last, ...reading, loop: { ...last?.loop, ...reading.loop } }
    const begins = stale > 0 && reading.id >= stale
    last = unread && last && !begins ? withLonger(whole, last) : whole
    unread = true
    if (begins) stale = 0
    waiting.get(reading.id)?.(reading)
    waiting.delete(reading.id)
  }
  function end(): void {
    open = false
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
  }
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    try {
      for (const line of lines) take(JSON.parse(line) as AgentReading)
    } catch {
      // Not one of our agents.
      socket.destroy()
    }
  })
  socket.on('error', end)
  socket.on('close', end)

  return {
    pid,
    last() {
      unread = false
      return last
    },
    fresh: () => stale === 0,
    open: () => open,
    waiting: () => waiting.size,
    ask(request) {
      if (!open) return Promise.resolve(undefined)
      const id = ++questions
      if (request.reset) stale = id
      socket.write(`${JSON.stringify({ id, ...request })}\n`)
      return new Promise((resolve) => waiting.set(id, resolve))
    },
    close: () => socket.destroy(),
  }
}

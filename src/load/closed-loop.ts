import type { Finding } from '../model/finding.ts'
import type { Answer, Exchange, Failure } from './exchange.ts'
import type { ClosedShape } from './job.ts'
import type { LoadRun } from './load-run.ts'
import type { LoadLoop } from './load-loop.ts'
import type { RequestSource } from './request-source.ts'

const firstPauseMs = 10
const longestPauseMs = 100

/**
 * N requesters; each sends its next request when the last one is answered. A requester whose connection failed pauses, 10 to 100 ms,
 * so that a server that is down does not turn the generator into a loop of refused connections.
 */
export class ClosedLoop implements LoadLoop {
  readonly dropped = 0
  readonly late = 0
  readonly #run: LoadRun
  readonly #source: RequestSource
  readonly #shape: ClosedShape
  readonly #requesters: number
  readonly #pauses: Float64Array
  readonly #lastAt: Float64Array
  #sent = 0
  #open = 0
  #sending = true
  #measuring = false
  #begun = false
  #done: () => void = () => {}

  constructor(run: LoadRun, source: RequestSource, shape: ClosedShape) {
    this.#run = run
    this.#source = source
    this.#shape = shape
    this.#requesters = shape.connections * shape.pipelining
    this.#pauses = new Float64Array(this.#requesters)
    this.#lastAt = new Float64Array(this.#requesters)
    run.settled = (exchange, outcome, at) => this.#settled(exchange, outcome, at)
  }

  get planned(): number {
    return this.#sent
  }

  async warmUp(ms: number): Promise<void> {
    await this.#run.pool.open(this.#shape.connections)
    if (ms === 0) return
    this.#begin()
    await new Promise((resolve) => setTimeout(resolve, ms))
  }

  async measure(durationMs: number): Promise<void> {
    this.#measuring = true
    const ended = new Promise<void>((resolve) => (this.#done = resolve))
    const timer = this.#shape.amount === undefined ? setTimeout(() => this.finish(), durationMs) : undefined
    this.#begin()
    await ended
    clearTimeout(timer)
  }

  finish(): void {
    this.#sending = false
    if (this.#open === 0) this.#done()
  }

  abort(): void {
    this.#sending = false
    this.#lastAt.fill(performance.now())
    this.#done()
  }

  /**
   * Throughput of a closed loop is requesters / mean cycle (Little's law), so each requester counts for its own time: one that hangs at the
   * end does not stretch the time of the others.
   */
  elapsedMs(): number {
    const since = this.#run.startedAt
    const active = this.#lastAt.filter((at) => at > since)
    return active.length === 0 ? 0 : active.reduce((sum, at) => sum + at - since, 0) / active.length
  }

  findings(): readonly Finding[] {
    return []
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    for (let user = 0; user < this.#requesters; user += 1) this.#next(user)
  }

  #next(user: number): void {
    if (!this.#sending || this.#exhausted()) return
    const request = this.#source.next(user)
    if (!request) return this.#source.whenReady(user, () => this.#next(user))
    this.#open += 1
    if (this.#measuring) this.#sent += 1
    this.#run.send(request, user, performance.now())
  }

  #exhausted(): boolean {
    return this.#measuring && this.#shape.amount !== undefined && this.#sent >= this.#shape.amount
  }

  #settled(exchange: Exchange, outcome: Answer | Failure, at: number): void {
    const { user } = exchange
    this.#open -= 1
    this.#lastAt[user] = at
    if (this.#open === 0 && (!this.#sending || this.#exhausted())) return this.#done()
    if (!('kind' in outcome) || outcome.kind !== 'connection') {
      this.#pauses[user] = 0
      return this.#next(user)
    }
    const pause = Math.min(longestPauseMs, Math.max(firstPauseMs, (this.#pauses[user] ?? 0) * 2))
    this.#pauses[user] = pause
    setTimeout(() => this.#next(user), pause)
  }
}

import { finding } from '../model/finding.ts'
import type { Finding } from '../model/finding.ts'
import { arrivalTimes } from './arrivals.ts'
import type { OpenShape, Stage } from './job.ts'
import { latencyHistogram, recordMilliseconds } from './latency-histogram.ts'
import type { LoadLoop } from './load-loop.ts'
import type { LoadRun } from './load-run.ts'
import { Pace } from './pace.ts'
import type { RequestSource } from './request-source.ts'

const lateMs = 1
const shareOfLate = 0.01
/** A request due within this is waited for: it is shorter than any sleep. */
const spinMs = 0.06
/** Between the plan and its first request, for the plan to reach the thread. */
const headStartMs = 5

/**
 * Requests are sent at planned times, whatever the server does, and latency counts from the planned time: a request that had to wait behind
 * a stall has waited (no coordinated omission; Tene 2013, wrk2).
 */
export class OpenLoop implements LoadLoop {
  planned = 0
  dropped = 0
  late = 0
  readonly #run: LoadRun
  readonly #source: RequestSource
  readonly #shape: OpenShape
  readonly #seed: number
  readonly #pace = new Pace(() => this.#woken())
  /** How late each request was sent, in microseconds: the error of the pacing. */
  readonly sendErrors = latencyHistogram()
  /** Requests whose time has come before the request function brought them. */
  readonly #unready: number[] = []
  #times: Generator<number, void> | undefined
  #due: number | undefined
  #origin = 0
  /** Times the pace has woken us, and requests taken from the plan. */
  #wakes = 0
  #taken = 0
  #inFlight = 0
  #measuring = false
  #lastAt = 0
  #planMs = 0
  #played: () => void = () => {}
  #done: () => void = () => {}

  constructor(run: LoadRun, source: RequestSource, shape: OpenShape, seed: number) {
    this.#run = run
    this.#source = source
    this.#shape = shape
    this.#seed = seed
    run.settled = (_exchange, _outcome, at) => this.#settled(at)
  }

  async warmUp(ms: number): Promise<void> {
    await Promise.all([this.#pace.ready(), this.#run.pool.open(1)])
    const rate = this.#shape.stages[0]?.fromRate ?? 0
    if (ms > 0 && rate > 0) await this.#play([{ fromRate: rate, toRate: rate, durationMs: ms }], this.#seed + 1)
  }

  async measure(): Promise<void> {
    this.#measuring = true
    const ended = new Promise<void>((resolve) => (this.#done = resolve))
    await this.#play(this.#shape.stages, this.#seed)
    this.finish()
    await ended
  }

  finish(): void {
    this.#pace.stop()
    this.#due = undefined
    this.#played()
    if (this.#inFlight === 0) this.#done()
  }

  abort(): void {
    this.#lastAt = performance.now()
    this.#planMs = 0
    this.finish()
    this.#done()
  }

  elapsedMs(): number {
    return Math.max(this.#planMs, this.#lastAt - this.#origin)
  }

  findings(): readonly Finding[] {
    const { late, planned } = this
    if (late <= planned * shareOfLate) return []
    return [finding('late_sends', { late, planned, median_us: this.sendErrors.getValueAtPercentile(50) })]
  }

  async #play(stages: readonly Stage[], seed: number): Promise<void> {
    const { arrivals } = this.#shape
    this.#origin = performance.now() + headStartMs
    const originNs = process.hrtime.bigint() + BigInt(headStartMs * 1e6)
    this.#wakes = 0
    this.#taken = 0
    this.#times = arrivalTimes(stages, arrivals, seed)
    this.#pace.play({ stages, arrivals, seed, originNs })
    const durationMs = stages.reduce((sum, stage) => sum + stage.durationMs, 0)
    const played = new Promise<void>((resolve) => (this.#played = resolve))
    // The plan lasts as long as it says, even where its last request comes earlier.
    setTimeout(() => this.#whenSent(), headStartMs + durationMs)
    this.#planMs = durationMs
    this.#advance()
    await played
  }

  #whenSent(): void {
    if (this.#due === undefined) this.#played()
    else setTimeout(() => this.#whenSent(), 1)
  }

  #advance(): void {
    const next = this.#times?.next()
    this.#due = next === undefined || next.done === true ? undefined : this.#origin + next.value
  }

  #woken(): void {
    this.#wakes += 1
    this.#sendDue()
  }

  /** Sends all that is late, and at most as many as the pace has woken us for. */
  #sendDue(): void {
    for (let due = this.#due; due !== undefined; due = this.#due) {
      let now = performance.now()
      if (now < due && this.#wakes <= this.#taken) return
      if (due - now > spinMs) return void setImmediate(() => this.#sendDue())
      while (now < due) now = performance.now()
      this.#taken += 1
      this.#advance()
      if (this.#measuring) this.#count(now - due)
      if (this.#inFlight < this.#shape.maxInFlight) this.#send(due)
      else if (this.#measuring) this.dropped += 1
    }
  }

  #count(errorMs: number): void {
    this.planned += 1
    recordMilliseconds(this.sendErrors, errorMs)
    if (errorMs > lateMs) this.late += 1
  }

  #send(due: number): void {
    this.#inFlight += 1
    const request = this.#unready.length === 0 ? this.#source.next(0) : undefined
    if (request) return void this.#run.send(request, 0, due)
    this.#unready.push(due)
    if (this.#unready.length === 1) this.#source.whenReady(0, () => this.#sendUnready())
  }

  #sendUnready(): void {
    for (let due = this.#unready[0]; due !== undefined; due = this.#unready[0]) {
      const request = this.#source.next(0)
      if (!request) return this.#source.whenReady(0, () => this.#sendUnready())
      this.#unready.shift()
      this.#run.send(request, 0, due)
    }
  }

  #settled(at: number): void {
    this.#inFlight -= 1
    this.#lastAt = Math.max(this.#lastAt, at)
    if (this.#measuring && this.#due === undefined && this.#inFlight === 0) this.#done()
  }
}

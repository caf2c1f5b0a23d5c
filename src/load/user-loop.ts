import type { Finding } from '../model/finding.ts'
import { PerfError } from '../model/error.ts'
import type { Answer, EncodedRequest, Exchange, Failure } from './exchange.ts'
import type { UsersShape } from './job.ts'
import { LoadEnded, NoAnswer } from './journey.ts'
import type { Journey, UserActions } from './journey.ts'
import type { LoadLoop } from './load-loop.ts'
import type { LoadRun } from './load-run.ts'
import { Pauses } from './pauses.ts'

const longestPauseMs = 100
const firstPauseMs = 10

/** Users who go through a journey, think, and start again. They start one after the other over the ramp-up, before the measurement. */
export class UserLoop implements LoadLoop, UserActions {
  readonly dropped = 0
  readonly late = 0
  planned = 0
  readonly #run: LoadRun
  readonly #shape: UsersShape
  readonly #journey: Journey
  readonly #waiting = new Map<Exchange, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>()
  readonly #last: (Exchange | undefined)[] = []
  readonly #lastAt: Float64Array
  readonly #pauses = new Pauses()
  readonly #told = new Set<number>()
  readonly #failed: Promise<never>
  #fail: (error: Error) => void = () => {}
  #done: () => void = () => {}
  #endedAt: number | undefined
  #thoughtMs = 0

  constructor(run: LoadRun, shape: UsersShape, journey: Journey) {
    this.#run = run
    this.#shape = shape
    this.#journey = journey
    this.#lastAt = new Float64Array(shape.users)
    this.#failed = new Promise<never>((_resolve, reject) => (this.#fail = reject))
    this.#failed.catch(() => {})
    run.settled = (exchange, outcome, at) => this.#settled(exchange, outcome, at)
  }

  /** Share of the users' time that they thought. */
  get thinkShare(): number {
    const total = this.elapsedMs() * this.#shape.users
    return total > 0 ? this.#thoughtMs / total : 0
  }

  async warmUp(ms: number): Promise<void> {
    const { users, rampUpMs } = this.#shape
    if (rampUpMs === 0) await this.#run.pool.open(users)
    for (let user = 0; user < users; user += 1) void this.#live(user, (rampUpMs * user) / users)
    await Promise.race([this.#failed, sleep(ms + rampUpMs)])
  }

  async measure(durationMs: number): Promise<void> {
    const done = new Promise<void>((resolve) => (this.#done = resolve))
    const timer = setTimeout(() => this.finish(), durationMs)
    await Promise.race([this.#failed, done]).finally(() => clearTimeout(timer))
  }

  finish(): void {
    this.#endedAt ??= performance.now()
    this.#pauses.end(new LoadEnded('the load has ended'))
    if (this.#waiting.size === 0) this.#done()
  }

  abort(): void {
    this.finish()
    this.#lastAt.fill(0)
    this.#done()
  }

  elapsedMs(): number {
    const { startedAt } = this.#run
    const until = this.#endedAt ?? performance.now()
    return this.#lastAt.reduce((sum, at) => sum + Math.max(0, Math.max(at, until) - startedAt), 0) / this.#shape.users
  }

  findings(): readonly Finding[] {
    return []
  }

  async send(request: EncodedRequest, user: number): Promise<Answer> {
    await this.#going(user)
    const exchange = this.#run.send(request, user, performance.now())
    if (exchange.due >= this.#run.startedAt) this.planned += 1
    this.#last[user] = exchange
    return new Promise<Answer>((resolve, reject) => this.#waiting.set(exchange, { resolve, reject }))
  }

  async pause(ms: number, user: number): Promise<void> {
    await this.#going(user)
    const begun = performance.now()
    await this.#pauses.pause(ms)
    if (begun >= this.#run.startedAt) this.#thoughtMs += performance.now() - begun
  }

  /** After the end a journey is told once, so that its `finally` runs; one that goes on all the same is left where it stands. */
  async #going(user: number): Promise<void> {
    if (this.#endedAt === undefined) return
    if (this.#told.has(user)) return new Promise(() => {})
    this.#told.add(user)
    throw new LoadEnded('the load has ended')
  }

  async #live(user: number, delayMs: number): Promise<void> {
    await sleep(delayMs)
    let pauseMs = 0
    for (let iteration = 0; this.#endedAt === undefined; iteration += 1) {
      const before = this.#last[user]
      const error = await this.#go(user, iteration)
      const last = this.#last[user]
      const own = error && !(error instanceof NoAnswer) && !(error instanceof LoadEnded)
      if (own && last && last !== before) this.#blame(last, error)
      if (this.#endedAt !== undefined) return
      if (last === before) return this.#fail(withoutRequest(error))
      pauseMs = error instanceof NoAnswer ? Math.min(longestPauseMs, Math.max(firstPauseMs, pauseMs * 2)) : 0
      await sleep(pauseMs)
      if (this.#shape.thinkMs > 0) await this.pause(this.#shape.thinkMs, user).catch(() => {})
    }
  }

  async #go(user: number, iteration: number): Promise<Error | undefined> {
    try {
      await this.#journey(user, iteration, this)
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** A journey that throws has refused what it saw last. */
  #blame(last: Exchange, error: Error): void {
    if (last.refused || last.due < this.#run.startedAt) return
    this.#run.ledger.refuse(last, { kind: 'check', message: `the session threw: ${error.message}` }, performance.now())
  }

  #settled(exchange: Exchange, outcome: Answer | Failure, at: number): void {
    const { user } = exchange
    this.#lastAt[user] = at
    const waiting = this.#waiting.get(exchange)
    this.#waiting.delete(exchange)
    if ('kind' in outcome) waiting?.reject(new NoAnswer(`${outcome.kind}: ${outcome.message}`))
    else waiting?.resolve(outcome)
    // The journey sees its last answer first: it may refuse it.
    if (this.#endedAt !== undefined && this.#waiting.size === 0) setImmediate(() => this.#done())
  }
}

function withoutRequest(cause: Error | undefined): PerfError {
  if (!cause) return new PerfError('CASE_THREW', 'The session of a user ended without a request.')
  return new PerfError('CASE_THREW', `The session of a user threw before its first request: ${cause.message}`, { cause })
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}

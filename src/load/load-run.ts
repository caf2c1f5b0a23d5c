import type { Check } from './check.ts'
import type { Answer, EncodedRequest, Exchange, ExchangeSink, Failure } from './exchange.ts'
import { Ledger } from './ledger.ts'
import type { Connections } from './pool.ts'
import type { Redactor } from '../model/redactor.ts'

/** What the loop is told when a request has come to its end, good or not. */
export type Settled = (exchange: Exchange, outcome: Answer | Failure, at: number) => void

/**
 * What closed and open loops share: the connections, the check and the books. Requests that were due before the measurement
 * started are warm-up and enter no book.
 */
export class LoadRun implements ExchangeSink {
  readonly pool: Connections
  startedAt = Number.POSITIVE_INFINITY
  ledger: Ledger
  settled: Settled = () => {}
  readonly #check: Check | undefined
  readonly #redactor: Redactor
  readonly #durationMs: number

  /** `connect` makes the connections that report to this run. */
  constructor(connect: (sink: ExchangeSink) => Connections, check: Check | undefined, redactor: Redactor, durationMs: number) {
    this.pool = connect(this)
    this.#check = check
    this.#redactor = redactor
    this.#durationMs = durationMs
    this.ledger = new Ledger(0, durationMs, redactor)
  }

  /** From here on requests count. */
  start(): void {
    this.startedAt = performance.now()
    this.ledger = new Ledger(this.startedAt, this.#durationMs, this.#redactor)
    this.pool.restart()
  }

  send(request: EncodedRequest, user: number, due: number): Exchange {
    const exchange = { request, user, due, reused: false, refused: false }
    this.pool.submit(exchange)
    return exchange
  }

  keepBody(status: number): number {
    return Math.max(this.#check?.wanted(status) ?? 0, this.ledger.failures.keepBody(status))
  }

  answered(exchange: Exchange, answer: Answer, at: number): void {
    // The next request goes out first: the books are written while the server works on it.
    this.settled(exchange, answer, at)
    if (exchange.due < this.startedAt) return
    this.ledger.answered(exchange, answer, at)
    this.#judge(exchange, answer, at)
  }

  failed(exchange: Exchange, failure: Failure, at: number): void {
    if (exchange.due >= this.startedAt) this.ledger.lost(exchange, failure, at)
    this.settled(exchange, failure, at)
  }

  #judge(exchange: Exchange, answer: Answer, at: number): void {
    const { head, body } = answer
    if (head.status >= 400) return this.ledger.refuse(exchange, { kind: 'status', message: `status ${head.status}`, head, body }, at)
    if (!this.#check) return this.ledger.good(at)
    this.#check.judge(answer, (refusal) => {
      if (refusal === undefined) this.ledger.good(at)
      else this.ledger.refuse(exchange, { kind: 'check', message: refusal, head, body }, at)
    })
  }
}

import type { Answer, Exchange, ExchangeSink, Failure } from './exchange.ts'
import type { Target } from './target.ts'
import type { OpenWire, Wire } from './wire.ts'

export interface ConnectionEvents extends ExchangeSink {
  /** TCP (and TLS) are up. */
  connected(connection: Connection, connectMs: number, tlsMs: number): void
  /** So much of the body of an answer has come. */
  readonly reading?: (bodyBytes: number) => void
  /** Nothing is outstanding and the next request can be sent. */
  free(connection: Connection): void
  /** It is gone; what was outstanding is told as failed next. */
  closed(connection: Connection): void
}

/**
 * One HTTP/1.1 connection. Requests are answered in the order sent (pipelining). A request that gets no whole answer is told as failed exactly
 * once: nothing is sent a second time and nothing is lost silently.
 */
export class Connection {
  /** Answers seen. */
  served = 0
  /** When it last became free, and how long the server keeps it then. */
  freeSince = 0
  keepAliveMs: number | undefined
  readonly begunAt = performance.now()
  #open = true
  readonly #pending: Exchange[] = []
  readonly #events: ConnectionEvents
  readonly #wire: Wire
  #error: Error | undefined

  constructor(target: Target, events: ConnectionEvents, openWire: OpenWire, timeoutMs: number) {
    this.#events = events
    const wireEvents = {
      keepBody: (status: number) => (this.#pending.length > 0 ? events.keepBody(status) : 0),
      ...(events.reading && { reading: events.reading }),
      connected: (connectMs: number, tlsMs: number) => events.connected(this, connectMs, tlsMs),
      answered: (answer: Answer, left: number, at: number) => this.#answered(answer, left, at),
      failed: (failure: Failure) => this.#fail(failure),
      lost: (error: Error | undefined) => this.#lost(error),
    }
    this.#wire = openWire(target, wireEvents, timeoutMs)
  }

  /** Why it was lost. */
  get reason(): string {
    const error = this.#error
    return error ? error.message || String((error as NodeJS.ErrnoException).code) : 'the connection could not be opened'
  }

  get outstanding(): number {
    return this.#pending.length
  }

  /** The oldest request without a whole answer. */
  get oldest(): Exchange | undefined {
    return this.#pending[0]
  }

  send(exchange: Exchange): void {
    exchange.reused = this.served > 0
    if (this.#pending.push(exchange) === 1) this.#wire.expect(exchange.request.answersHead)
    this.#wire.send(exchange.request.bytes)
  }

  /** Ends it now. Outstanding requests fail with `failure`, or are dropped without a word where there is none. */
  destroy(failure?: Failure): void {
    if (!this.#open) return
    if (failure) this.#fail(failure)
    else this.#close()
  }

  #answered(answer: Answer, left: number, at: number): void {
    const [exchange, next] = this.#pending
    if (!exchange) return this.#fail({ kind: 'protocol', message: 'the server sent an answer to no request' })
    const { head } = answer
    if (left > 0 && !next) {
      const message = `${left} bytes follow the end of the answer: more than its content-length says`
      return this.#fail({ kind: 'protocol', message, head, body: answer.body })
    }
    this.#pending.shift()
    if (this.served === 0) this.keepAliveMs = head.keepAliveMs
    this.served += 1
    if (next) this.#wire.expect(next.request.answersHead)
    if (head.close) this.#shut()
    else this.freeSince = at
    // The place is given back first, so that whoever is told of the answer finds it free.
    if (this.#open) this.#events.free(this)
    else this.#events.closed(this)
    this.#events.answered(exchange, answer, at)
  }

  /** The server announced that it closes after this answer. */
  #shut(): void {
    this.#open = false
    this.#wire.destroy()
    const message = 'the server closed the connection before it answered a pipelined request'
    const at = performance.now()
    for (const exchange of this.#pending.splice(0)) this.#events.failed(exchange, { kind: 'connection', message }, at)
  }

  /** One cause ends the connection: the oldest request failed by it, the others were on the same connection. */
  #fail(failure: Failure): void {
    if (!this.#open) return
    this.#open = false
    this.#wire.destroy()
    const at = performance.now()
    const [first, ...others] = this.#pending.splice(0)
    this.#events.closed(this)
    if (first) this.#events.failed(first, { ...this.#wire.partial(), ...failure }, at)
    const kind = failure.kind === 'timeout' ? 'timeout' : 'connection'
    for (const exchange of others) this.#events.failed(exchange, { kind, message: failure.message }, at)
  }

  #close(): void {
    this.#open = false
    this.#pending.length = 0
    this.#wire.destroy()
  }

  #lost(error: Error | undefined): void {
    if (!this.#open) return
    this.#error = error
    if (error) return this.#fail({ kind: 'connection', message: this.reason })
    const message = this.#wire.cutShort()
    if (message !== undefined) return this.#fail({ kind: 'protocol', message })
    this.#fail({ kind: 'connection', message: 'the server closed the connection without an answer' })
  }
}

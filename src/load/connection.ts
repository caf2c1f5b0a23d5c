import { connect as connectTcp } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { AnswerReader } from './answer-reader.ts'
import type { Answer, Exchange, ExchangeSink, Failure } from './exchange.ts'
import type { Target } from './target.ts'

const readBytes = 16_384

export interface ConnectionEvents extends ExchangeSink {
  /** TCP (and TLS) are up. */
  connected(connection: Connection, connectMs: number, tlsMs: number): void
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
  readonly #reader: AnswerReader
  readonly #socket: Socket
  #error: Error | undefined

  constructor(target: Target, events: ConnectionEvents) {
    this.#events = events
    this.#reader = new AnswerReader({
      keepBody: (status) => (this.#pending.length > 0 ? events.keepBody(status) : 0),
      whole: (answer, left) => this.#answered(answer, left),
      broken: (reason) => this.#fail({ kind: 'protocol', message: reason }),
    })
    this.#socket = this.#connect(target)
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
    if (this.#pending.push(exchange) === 1) this.#reader.expect(exchange.request.answersHead)
    this.#socket.write(exchange.request.bytes)
  }

  /** Ends it now. Outstanding requests fail with `failure`, or are dropped without a word where there is none. */
  destroy(failure?: Failure): void {
    if (!this.#open) return
    if (failure) this.#fail(failure)
    else this.#close()
  }

  #connect(target: Target): Socket {
    const begun = this.begunAt
    let tcpAt = begun
    const onread = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length: number, buffer: Uint8Array) => this.#read(buffer as Buffer, length),
    }
    const { host, port, tls } = target
    const secure = tls && { servername: tls.servername, ALPNProtocols: ['http/1.1'], ...(tls.ca === undefined ? {} : { ca: tls.ca }) }
    const endpoint = { host, port, onread, ...secure }
    const socket: Socket = secure ? connectTls(endpoint) : connectTcp(endpoint)
    socket.setNoDelay(true)
    socket.once('connect', () => {
      tcpAt = performance.now()
      if (!tls) this.#events.connected(this, tcpAt - begun, 0)
    })
    if (tls) socket.once('secureConnect', () => this.#events.connected(this, tcpAt - begun, performance.now() - tcpAt))
    socket.on('error', (error) => (this.#error = error))
    socket.once('end', () => this.#reader.finish())
    socket.once('close', () => this.#lost())
    socket.resume()
    return socket
  }

  #read(buffer: Buffer, length: number): boolean {
    this.#reader.push(buffer, length)
    return true
  }

  #answered(answer: Answer, left: number): void {
    const at = performance.now()
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
    if (next) this.#reader.expect(next.request.answersHead)
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
    this.#socket.destroy()
    const message = 'the server closed the connection before it answered a pipelined request'
    const at = performance.now()
    for (const exchange of this.#pending.splice(0)) this.#events.failed(exchange, { kind: 'connection', message }, at)
  }

  /** One cause ends the connection: the oldest request failed by it, the others were on the same connection. */
  #fail(failure: Failure): void {
    if (!this.#open) return
    this.#open = false
    this.#socket.destroy()
    const at = performance.now()
    const [first, ...others] = this.#pending.splice(0)
    this.#events.closed(this)
    if (first) this.#events.failed(first, { ...this.#reader.partial(), ...failure }, at)
    const kind = failure.kind === 'timeout' ? 'timeout' : 'connection'
    for (const exchange of others) this.#events.failed(exchange, { kind, message: failure.message }, at)
  }

  #close(): void {
    this.#open = false
    this.#pending.length = 0
    this.#socket.destroy()
  }

  #lost(): void {
    if (!this.#open) return
    if (this.#error) return this.#fail({ kind: 'connection', message: this.reason })
    const message = this.#reader.cutShort()
    if (message !== undefined) return this.#fail({ kind: 'protocol', message })
    this.#fail({ kind: 'connection', message: 'the server closed the connection without an answer' })
  }
}

import type { LoadTimes } from '../model/measured.ts'
import { Connection } from './connection.ts'
import type { Answer, Exchange, ExchangeSink, Failure } from './exchange.ts'
import { Moments } from './moments.ts'
import type { Target } from './target.ts'

export interface PoolLimits {
  readonly sockets: number
  readonly pipelining: number
  readonly keepAlive: boolean
  readonly timeoutMs: number
}

/** An idle connection is not used in the last second before the server closes it: the request would meet the close on its way. */
const closingMarginMs = 1000

/**
 * The connections to one target. A request takes an idle one, opens one where there may be more, shares one where pipelining allows, and else
 * waits in line. Each of these is counted, so that a pool too small, or keep-alive left off, shows in numbers.
 */
export class Pool {
  readonly #target: Target
  readonly #limits: PoolLimits
  readonly #sink: ExchangeSink
  readonly #connections = new Set<Connection>()
  readonly #idle: Connection[] = []
  readonly #waiting: { readonly exchange: Exchange; readonly since: number }[] = []
  readonly #timer: NodeJS.Timeout
  readonly #opening = new Map<Connection, () => void>()
  readonly #connect = new Moments()
  readonly #tls = new Moments()
  #wait = new Moments()
  #reused = 0

  constructor(target: Target, limits: PoolLimits, sink: ExchangeSink) {
    this.#target = target
    this.#limits = limits
    this.#sink = sink
    this.#timer = setInterval(() => this.#expire(), Math.max(5, Math.min(100, limits.timeoutMs / 20)))
  }

  /** Opens up to `count` connections and waits until each is up or has failed. */
  async open(count: number): Promise<void> {
    const openings = Array.from({ length: Math.min(count, this.#limits.sockets) - this.#connections.size }, () => this.#opened(this.#new()))
    await Promise.all(openings)
  }

  submit(exchange: Exchange): void {
    const connection = this.#available()
    if (connection) this.#send(connection, exchange, 0)
    else this.#waiting.push({ exchange, since: performance.now() })
  }

  /** Forgets what was counted of requests before now. Connections and the time to open them count from the very start. */
  restart(): void {
    this.#wait = new Moments()
    this.#reused = 0
  }

  figures(): LoadTimes['connections'] {
    return {
      opened: this.#connect.count,
      reused: this.#reused,
      connect_ms: this.#connect.mean,
      tls_ms: this.#tls.mean,
      wait_ms: this.#wait.mean,
    }
  }

  /** Ends every connection; what is outstanding is dropped without a word. */
  close(): void {
    clearInterval(this.#timer)
    this.#waiting.length = 0
    for (const connection of this.#connections) connection.destroy()
    this.#connections.clear()
    for (const done of this.#opening.values()) done()
    this.#opening.clear()
  }

  #available(): Connection | undefined {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (!connection.usable) continue
      if (performance.now() - connection.freeSince < connection.keepAliveMs - closingMarginMs || connection.served === 0) return connection
      connection.destroy()
      this.#connections.delete(connection)
    }
    if (this.#connections.size < this.#limits.sockets) return this.#new()
    return this.#limits.pipelining > 1 ? this.#leastLoaded() : undefined
  }

  #leastLoaded(): Connection | undefined {
    let best: Connection | undefined
    for (const connection of this.#connections) {
      if (connection.outstanding < (best?.outstanding ?? this.#limits.pipelining)) best = connection
    }
    return best
  }

  #new(): Connection {
    const connection = new Connection(this.#target, {
      keepBody: (status) => this.#sink.keepBody(status),
      answered: (exchange: Exchange, answer: Answer, at: number) => this.#sink.answered(exchange, answer, at),
      failed: (exchange: Exchange, failure: Failure, at: number) => this.#sink.failed(exchange, failure, at),
      connected: (connection, connectMs, tlsMs) => {
        this.#connect.add(connectMs)
        if (this.#target.tls) this.#tls.add(tlsMs)
        this.#settle(connection)
        if (connection.outstanding === 0) this.#free(connection)
      },
      free: (connection) => this.#free(connection),
      closed: (connection) => {
        this.#connections.delete(connection)
        this.#settle(connection)
        this.#next()
      },
    })
    this.#connections.add(connection)
    return connection
  }

  async #opened(connection: Connection): Promise<void> {
    await new Promise<void>((done) => this.#opening.set(connection, done))
  }

  #settle(connection: Connection): void {
    this.#opening.get(connection)?.()
    this.#opening.delete(connection)
  }

  #send(connection: Connection, exchange: Exchange, waitedMs: number): void {
    connection.send(exchange)
    this.#wait.add(waitedMs)
    if (exchange.reused) this.#reused += 1
  }

  #free(connection: Connection): void {
    if (!this.#limits.keepAlive && connection.served > 0 && connection.outstanding === 0) {
      connection.destroy()
      this.#connections.delete(connection)
      this.#next()
    } else if (!this.#sendWaiting(connection) && connection.outstanding === 0) this.#idle.push(connection)
  }

  /** A place has become free that is no idle connection. */
  #next(): void {
    if (this.#waiting.length === 0) return
    const connection = this.#available()
    if (connection) this.#sendWaiting(connection)
  }

  #sendWaiting(connection: Connection): boolean {
    const next = this.#waiting.shift()
    if (next) this.#send(connection, next.exchange, performance.now() - next.since)
    return next !== undefined
  }

  #expire(): void {
    const now = performance.now()
    const { timeoutMs } = this.#limits
    const late = (exchange: Exchange | undefined): boolean => exchange !== undefined && now - exchange.due >= timeoutMs
    for (const connection of this.#connections) {
      if (late(connection.oldest)) connection.destroy({ kind: 'timeout', message: `no whole answer within ${timeoutMs} ms` })
    }
    while (late(this.#waiting[0]?.exchange)) {
      const next = this.#waiting.shift()
      if (next) this.#sink.failed(next.exchange, { kind: 'timeout', message: `no connection was free within ${timeoutMs} ms` }, now)
    }
  }
}

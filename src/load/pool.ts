import type { LoadTimes } from '../model/measured.ts'
import { Connection } from './connection.ts'
import type { ConnectionEvents } from './connection.ts'
import type { Exchange, ExchangeSink } from './exchange.ts'
import { Moments } from './moments.ts'
import type { Target } from './target.ts'
import { timedOut } from './wire.ts'
import type { OpenWire } from './wire.ts'

export interface PoolLimits {
  readonly sockets: number
  /** Most connections that are being opened at once: a burst must not become a storm of handshakes. */
  readonly opening: number
  readonly pipelining: number
  readonly keepAlive: boolean
  readonly timeoutMs: number
}

/** What a load needs of its connections. */
export interface Connections {
  /** Opens up to `count` connections and waits until each is up or has failed. */
  open(count: number): Promise<void>
  submit(exchange: Exchange): void
  /** Forgets what was counted of requests before now. Connections, and the time to open them, count from the very start. */
  restart(): void
  figures(): LoadTimes['connections']
  /** Requests that were given to a connection. */
  readonly sent: number
  /** Ends every connection; what is outstanding is dropped without a word. */
  close(): void
}

/** An idle connection is not used in the last second before the server closes it: the request would meet the close on its way. */
const closingMarginMs = 1000

/**
 * The connections to one target. A request takes an idle one, shares one where pipelining allows, and else waits in line for the first to become
 * free, which may be one that is opened for it. Each of these is counted, so that a pool too small, or keep-alive left off, shows in numbers.
 */
export class Pool implements Connections {
  readonly #target: Target
  readonly #limits: PoolLimits
  readonly #sink: ExchangeSink
  readonly #openWire: OpenWire
  readonly #connections = new Set<Connection>()
  readonly #idle: Connection[] = []
  readonly #waiting: { readonly exchange: Exchange; readonly since: number }[] = []
  readonly #opening = new Map<Connection, () => void>()
  readonly #timer: NodeJS.Timeout
  readonly #connect = new Moments()
  readonly #tls = new Moments()
  #wait = new Moments()
  #reused = 0

  constructor(target: Target, limits: PoolLimits, sink: ExchangeSink, openWire: OpenWire) {
    this.#target = target
    this.#limits = limits
    this.#sink = sink
    this.#openWire = openWire
    this.#timer = setInterval(() => this.#expire(), Math.max(5, Math.min(100, limits.timeoutMs / 20)))
  }

  async open(count: number): Promise<void> {
    const missing = Math.min(count, this.#limits.sockets) - this.#connections.size
    await Promise.all(Array.from({ length: missing }, () => new Promise<void>((settle) => this.#new(settle))))
  }

  submit(exchange: Exchange): void {
    const connection = this.#available()
    if (connection) return this.#send(connection, exchange, 0)
    this.#waiting.push({ exchange, since: performance.now() })
    this.#grow()
  }

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

  get sent(): number {
    return this.#wait.count
  }

  close(): void {
    clearInterval(this.#timer)
    this.#waiting.length = 0
    for (const connection of this.#connections) connection.destroy()
    this.#connections.clear()
    for (const settle of this.#opening.values()) settle()
    this.#opening.clear()
  }

  #available(): Connection | undefined {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      const idleMs = connection.keepAliveMs === undefined ? 0 : performance.now() - connection.freeSince
      if (connection.keepAliveMs === undefined || idleMs < connection.keepAliveMs - closingMarginMs) return connection
      this.#drop(connection)
    }
    const full = this.#connections.size >= this.#limits.sockets
    return full && this.#limits.pipelining > 1 ? this.#leastLoaded() : undefined
  }

  #leastLoaded(): Connection | undefined {
    let best: Connection | undefined
    for (const connection of this.#connections) {
      if (!this.#opening.has(connection) && connection.outstanding < (best?.outstanding ?? this.#limits.pipelining)) best = connection
    }
    return best
  }

  /** Opens connections for those who wait, no more than there are of them. */
  #grow(): void {
    const most = Math.min(this.#limits.opening, this.#waiting.length)
    while (this.#opening.size < most && this.#connections.size < this.#limits.sockets) this.#new(() => {})
  }

  #new(settle: () => void): void {
    const sink = this.#sink
    const events: ConnectionEvents = {
      keepBody: (status) => sink.keepBody(status),
      answered: (exchange, answer, at) => sink.answered(exchange, answer, at),
      failed: (exchange, failure, at) => sink.failed(exchange, failure, at),
      connected: (connection, connectMs, tlsMs) => {
        this.#connect.add(connectMs)
        if (this.#target.tls) this.#tls.add(tlsMs)
        this.#settle(connection)
        this.#free(connection)
      },
      free: (connection) => this.#free(connection),
      closed: (connection) => this.#closed(connection),
    }
    const connection = new Connection(this.#target, events, this.#openWire, this.#limits.timeoutMs)
    this.#connections.add(connection)
    this.#opening.set(connection, settle)
  }

  #settle(connection: Connection): void {
    this.#opening.get(connection)?.()
    this.#opening.delete(connection)
  }

  #drop(connection: Connection): void {
    this.#connections.delete(connection)
    connection.destroy()
  }

  #closed(connection: Connection): void {
    this.#connections.delete(connection)
    const idle = this.#idle.indexOf(connection)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const failed = this.#opening.has(connection) ? this.#waiting.shift() : undefined
    this.#settle(connection)
    // It was opened for somebody: that request has failed, or nobody would ever hear of it.
    if (failed) this.#sink.failed(failed.exchange, { kind: 'connection', message: connection.reason }, performance.now())
    this.#grow()
  }

  #send(connection: Connection, exchange: Exchange, waitedMs: number): void {
    connection.send(exchange)
    this.#wait.add(waitedMs)
    if (exchange.reused) this.#reused += 1
  }

  #free(connection: Connection): void {
    if (!this.#limits.keepAlive && connection.served > 0) {
      if (connection.outstanding === 0) this.#drop(connection)
      return this.#grow()
    }
    const next = this.#waiting.shift()
    if (next) this.#send(connection, next.exchange, performance.now() - next.since)
    else if (connection.outstanding === 0) this.#idle.push(connection)
  }

  #expire(): void {
    const { timeoutMs } = this.#limits
    const bound = performance.now() - timeoutMs
    for (const connection of this.#connections) {
      const since = connection.oldest?.due ?? (this.#opening.has(connection) ? connection.begunAt : Number.POSITIVE_INFINITY)
      if (since <= bound) connection.destroy(timedOut(timeoutMs))
    }
    for (let [next] = this.#waiting; next && next.exchange.due <= bound; [next] = this.#waiting) {
      this.#waiting.shift()
      this.#sink.failed(next.exchange, { kind: 'timeout', message: `no connection was free within ${timeoutMs} ms` }, performance.now())
    }
  }
}

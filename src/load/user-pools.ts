import type { LoadTimes } from '../model/measured.ts'
import type { Exchange, ExchangeSink } from './exchange.ts'
import { openDirect } from './direct-wire.ts'
import { Pool } from './pool.ts'
import type { Connections, PoolLimits } from './pool.ts'
import type { Target } from './target.ts'

/** A connection for each user, as a browser or a client program would have: users do not wait for one another. */
export class UserPools implements Connections {
  readonly #pools: readonly Pool[]

  constructor(users: number, target: Target, limits: PoolLimits, sink: ExchangeSink) {
    this.#pools = Array.from({ length: users }, () => new Pool(target, { ...limits, sockets: 1, opening: 1 }, sink, openDirect))
  }

  async open(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.open(1)))
  }

  submit(exchange: Exchange): void {
    this.#pools[exchange.user]?.submit(exchange)
  }

  restart(): void {
    for (const pool of this.#pools) pool.restart()
  }

  close(): void {
    for (const pool of this.#pools) pool.close()
  }

  get sent(): number {
    return this.#pools.reduce((sum, pool) => sum + pool.sent, 0)
  }

  figures(): LoadTimes['connections'] {
    const all = this.#pools.map((pool) => ({ ...pool.figures(), sent: pool.sent }))
    const sum = (value: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + value(one), 0)
    const opened = sum((one) => one.opened)
    const mean = (total: number, count: number): number => (count > 0 ? total / count : 0)
    return {
      opened,
      reused: sum((one) => one.reused),
      connect_ms: mean(
        sum((one) => one.connect_ms * one.opened),
        opened,
      ),
      tls_ms: mean(
        sum((one) => one.tls_ms * one.opened),
        opened,
      ),
      wait_ms: mean(
        sum((one) => one.wait_ms * one.sent),
        this.sent,
      ),
    }
  }
}

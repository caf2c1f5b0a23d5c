import type { RequestSpec } from '../model/spec.ts'
import type { EncodedRequest } from './exchange.ts'
import type { RequestSource } from './request-source.ts'

export interface RequestOrder {
  readonly user: number
  /** Iteration of the first request wanted. */
  readonly from: number
  readonly count: number
}

const smallest = 8
const largest = 2048

interface Stock {
  from: number
  readonly requests: EncodedRequest[]
  ordered: number
  batch: number
  ask: (() => void) | undefined
}

/**
 * Requests of a function that must be called where it was written, fetched ahead of need. A user who runs dry gets batches twice as
 * large from then on; how often that happened is told, because then the generator was the limit.
 */
export class RelayedSource implements RequestSource {
  starved = 0
  readonly #order: (order: RequestOrder) => void
  readonly #encode: (spec: RequestSpec) => EncodedRequest
  readonly #stocks: Stock[] = []

  readonly #firstOf: (user: number) => number

  constructor(order: (order: RequestOrder) => void, encode: (spec: RequestSpec) => EncodedRequest, firstOf: (user: number) => number) {
    this.#order = order
    this.#firstOf = firstOf
    this.#encode = encode
  }

  next(user: number): EncodedRequest | undefined {
    const stock = this.#stock(user)
    const request = stock.requests.shift()
    if (!request && stock.ordered > 0) {
      this.starved += 1
      stock.batch = Math.min(largest, stock.batch * 2)
    }
    this.#refill(user, stock)
    return request
  }

  whenReady(user: number, ask: () => void): void {
    this.#stock(user).ask = ask
  }

  deliver(user: number, specs: readonly RequestSpec[]): void {
    const stock = this.#stock(user)
    stock.ordered -= specs.length
    for (const spec of specs) stock.requests.push(this.#encode(spec))
    const { ask } = stock
    stock.ask = undefined
    ask?.()
  }

  #refill(user: number, stock: Stock): void {
    const missing = stock.batch - stock.requests.length - stock.ordered
    if (missing < stock.batch / 2) return
    stock.ordered += missing
    this.#order({ user, from: stock.from, count: missing })
    stock.from += missing
  }

  #stock(user: number): Stock {
    return (this.#stocks[user] ??= { from: this.#firstOf(user), requests: [], ordered: 0, batch: smallest, ask: undefined })
  }
}

const bucketMs = 100
/** Share of the earlier rate that counts as back to it. */
const restored = 0.9
const fewest = 5

/**
 * How long a server takes to come back: good answers per 100 ms, the rate before the first failure, and the first 100 ms after the last
 * failure at that rate again.
 */
export class Recovery {
  readonly #good: number[] = []
  #first: number | undefined
  #last = 0

  good(at: number): void {
    const bucket = Math.floor(at / bucketMs)
    while (this.#good.length <= bucket) this.#good.push(0)
    this.#good[bucket] = (this.#good[bucket] ?? 0) + 1
  }

  failed(at: number): void {
    this.#first ??= at
    this.#last = Math.max(this.#last, at)
  }

  /** Milliseconds; undefined where nothing failed, too little went before, or the rate never came back. */
  time(): number | undefined {
    if (this.#first === undefined) return undefined
    // The first bucket is a ramp, and the bucket of the first failure is already hurt.
    const before = this.#good.slice(1, Math.floor(this.#first / bucketMs))
    if (before.length < fewest) return undefined
    const earlier = before.sort((a, b) => a - b)[Math.floor(before.length / 2)] ?? 0
    const from = Math.floor(this.#last / bucketMs) + 1
    // The last bucket may be cut short by the end of the load.
    const found = this.#good.slice(0, -1).findIndex((count, bucket) => bucket >= from && count >= earlier * restored)
    return found < 0 || earlier === 0 ? undefined : found * bucketMs - this.#last
  }
}

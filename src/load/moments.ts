/** Mean, spread and extremes in one pass (Welford 1962), of the exact values rather than of histogram buckets. */
export class Moments {
  count = 0
  mean = 0
  max = 0
  #min = Number.POSITIVE_INFINITY
  #squares = 0

  add(value: number): void {
    this.count += 1
    const delta = value - this.mean
    this.mean += delta / this.count
    this.#squares += delta * (value - this.mean)
    if (value < this.#min) this.#min = value
    if (value > this.max) this.max = value
  }

  get min(): number {
    return this.count > 0 ? this.#min : 0
  }

  get deviation(): number {
    return this.count > 1 ? Math.sqrt(this.#squares / (this.count - 1)) : 0
  }
}

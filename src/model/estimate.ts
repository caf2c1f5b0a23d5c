/** A number with its uncertainty. `confidence` is a share: 0.95 means that 95 % of such intervals hold the true value. */
export interface Estimate {
  readonly point: number
  readonly low: number
  readonly high: number
  readonly confidence: number
}

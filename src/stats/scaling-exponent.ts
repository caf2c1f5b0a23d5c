import type { Estimate } from '../model/estimate.ts'
import { normalQuantile } from './normal-quantile.ts'
import { seededRandom } from './random.ts'
import { studentTQuantile } from './student-t.ts'

export interface SizedReplicates {
  readonly n: number
  readonly value: number
  /** The value on bootstrap resamples of what was measured at this size. */
  readonly replicates: readonly number[]
}

export interface PowerLaw {
  readonly exponent: Estimate
  readonly factor: number
}

const resamples = 1000
const seed = 1

/**
 * The power law y = factor * n^exponent through the points: a line through their logarithms. Its interval is by bootstrap: each size is
 * resampled, and the residuals of the line are drawn anew (B. Efron & R. Tibshirani, "An introduction to the bootstrap" (1993), 9.4),
 * because sizes differ by more than the noise within each. Both are widened for the few points, as Student's t is against the normal
 * (T. Hesterberg, "What teachers should know about the bootstrap", American Statistician 69 (2015)). `undefined` for fewer than three sizes.
 */
export function powerLaw(points: readonly SizedReplicates[], confidence = 0.95): PowerLaw | undefined {
  const m = points.length
  if (m < 3 || !points.every(({ n, value }) => n > 0 && value > 0)) return undefined
  const x = points.map(({ n }) => Math.log(n))
  const y = points.map(({ value }) => Math.log(value))
  const line = straightLine(x, y)
  const fitted = x.map((one) => line.intercept + line.slope * one)
  const inflation = Math.sqrt(m / (m - 2))
  const residuals = y.map((value, index) => (value - (fitted[index] ?? 0)) * inflation)
  const random = seededRandom(seed)
  const drawn = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)]
  const slopes = Array.from({ length: resamples }, () => {
    const resampled = points.map(({ value, replicates }, index) => {
      const within = Math.log((drawn(replicates) ?? value) / value)
      return (fitted[index] ?? 0) + (drawn(residuals) ?? 0) + (Number.isFinite(within) ? within : 0)
    })
    return straightLine(x, resampled).slope
  }).sort((a, b) => a - b)
  const upper = (1 + confidence) / 2
  const widening = studentTQuantile(upper, m - 2) / normalQuantile(upper)
  const at = (share: number): number => slopes[Math.min(resamples - 1, Math.floor(share * resamples))] ?? line.slope
  const low = line.slope - Math.max(0, line.slope - at(1 - upper)) * widening
  const high = line.slope + Math.max(0, at(upper) - line.slope) * widening
  return { exponent: { point: line.slope, low, high, confidence }, factor: Math.exp(line.intercept) }
}

function straightLine(x: readonly number[], y: readonly number[]): { readonly slope: number; readonly intercept: number } {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length
  let products = 0
  let squares = 0
  for (const [index, value] of x.entries()) {
    products += (value - meanX) * ((y[index] ?? 0) - meanY)
    squares += (value - meanX) ** 2
  }
  const slope = products / squares
  return { slope, intercept: meanY - slope * meanX }
}

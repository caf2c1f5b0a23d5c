import { medianSorted } from 'simple-statistics'
import type { Estimate } from '../model/estimate.ts'
import { normalQuantile } from './normal-quantile.ts'

export interface TrendLine {
  /** Change of y for one unit of x. */
  readonly slope: Estimate
  readonly intercept: number
}

/**
 * The line through the median slope of all pairs of points: up to 29 % of wild points do not move it. The interval counts
 * pairs as Kendall's rank correlation does. P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau",
 * JASA 63 (1968). `undefined` where fewer than three points differ in x.
 */
export function theilSen(x: readonly number[], y: readonly number[], confidence = 0.95): TrendLine | undefined {
  const n = Math.min(x.length, y.length)
  const slopes: number[] = []
  for (let first = 0; first < n; first++) {
    for (let second = first + 1; second < n; second++) {
      const run = (x[second] ?? 0) - (x[first] ?? 0)
      if (run !== 0) slopes.push(((y[second] ?? 0) - (y[first] ?? 0)) / run)
    }
  }
  if (slopes.length < 3) return undefined
  slopes.sort((a, b) => a - b)
  const point = medianSorted(slopes)
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const last = slopes.length - 1
  const low = slopes[Math.max(0, Math.floor((slopes.length - half) / 2) - 1)] ?? point
  const high = slopes[Math.min(last, Math.ceil((slopes.length + half) / 2))] ?? point
  const rests = Array.from({ length: n }, (_, index) => (y[index] ?? 0) - point * (x[index] ?? 0)).sort((a, b) => a - b)
  return { slope: { point, low, high, confidence }, intercept: medianSorted(rests) }
}

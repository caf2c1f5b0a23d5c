import { mean, sampleVariance } from 'simple-statistics'
import { studentTQuantile } from '../stats/student-t.ts'

/** Weight of the prior, in runs, and the spread between runs that it assumes: 3 % (Smyth 2004; STATISTICS.md §4). */
const priorRuns = 6
const priorSpread = 0.03
/** Two-sided error of the prediction interval. */
const alpha = 0.01
/** With fewer runs than this only a large step is called. */
export const runsToJudge = 10
/** A large step: 20 % of the base. */
export const largeStep = Math.log(1.2)

export interface Prediction {
  /** Head minus the mean of the earlier runs. */
  readonly effect: number
  /** Half width of the prediction interval of one more run of unchanged code. */
  readonly half: number
  /** Smallest effect that is called a change. */
  readonly visible: number
}

/**
 * Where one more run of the same code would fall, and how large a difference must be to be called a change. Values are logarithms,
 * so effects are shares: `threshold` is ln(1 + X).
 *
 * t = (v - mean) / sqrt(s~^2 (1 + 1/N)), s~^2 = (d0 s0^2 + (N-1) s^2) / (d0 + N - 1), df = d0 + N - 1 (Smyth 2004).
 */
export function predict(earlier: readonly number[], head: number, threshold: number): Prediction {
  const n = earlier.length
  const df = priorRuns + n - 1
  const ownVariance = n > 1 ? sampleVariance([...earlier]) : 0
  const spread = Math.sqrt((priorRuns * priorSpread ** 2 + (n - 1) * ownVariance) / df)
  const half = quantileOf(df) * spread * Math.sqrt(1 + 1 / n)
  const least = n < runsToJudge ? largeStep : 3 * spread
  return { effect: head - mean([...earlier]), half, visible: Math.max(threshold, half, least) }
}

/** A long history asks for the same few over and over, and each takes as long as all the rest of a prediction. */
const quantiles = new Map<number, number>()

function quantileOf(df: number): number {
  const known = quantiles.get(df)
  if (known !== undefined) return known
  const quantile = studentTQuantile(1 - alpha / 2, df)
  quantiles.set(df, quantile)
  return quantile
}

export const toPercent = (logarithm: number): number => Math.expm1(logarithm) * 100

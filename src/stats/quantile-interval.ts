import { quantileSorted } from 'simple-statistics'
import type { Estimate } from '../model/estimate.ts'
import { effectiveSamples } from './effective-samples.ts'
import { normalQuantile } from './normal-quantile.ts'
import { orderRanks } from './order-ranks.ts'
import { studentTQuantile } from './student-t.ts'

/**
 * The p-quantile of samples in time order, with an interval of order statistics. Where samples depend on their neighbours, the
 * ranks are spread by the autocorrelation of "below the quantile or not".
 *
 * Simulated for nominal 95 %, p50 to p95: 93 to 97 % hold the true quantile with 500 samples of normal, log-normal, bimodal and
 * autocorrelated (AR(1), 0.5) data and 1500 of AR(1), 0.8; order statistics without the spread cover 54 to 88 % of the last two.
 *
 * `undefined` where too few independent samples stand behind such an interval.
 */
export function quantileInterval(values: readonly number[], p: number, confidence = 0.95): Estimate | undefined {
  const n = values.length
  const alpha = (1 - confidence) / 2
  const ranks = orderRanks(n, p, alpha)
  // As many independent samples as these are worth must be enough too.
  const independent = Math.floor(n / effectiveSamples(values).correlation_time)
  if (!ranks || !orderRanks(independent, p, alpha)) return undefined
  const sorted = [...values].sort((a, b) => a - b)
  const point = quantileSorted(sorted, p)

  const { correlation_time, degrees } = effectiveSamples(values.map((value) => (value < point ? 1 : 0)))
  const upper = 1 - alpha
  const spread = correlation_time === 1 ? 1 : (Math.sqrt(correlation_time) * studentTQuantile(upper, degrees)) / normalQuantile(upper)
  const centre = n * p + 0.5
  const low = centre - (centre - ranks.low) * spread
  const high = centre + (ranks.high - centre) * spread
  if (low < 1 || high > n) return undefined
  return { point, low: Math.min(point, atRank(sorted, low)), high: Math.max(point, atRank(sorted, high)), confidence }
}

/** Order statistic of a 1-based rank with a fraction. */
function atRank(sorted: readonly number[], rank: number): number {
  const index = Math.floor(rank) - 1
  const lower = sorted[Math.max(0, index)] ?? Number.NaN
  const upper = sorted[Math.min(sorted.length - 1, index + 1)] ?? lower
  return lower + (upper - lower) * (rank - Math.floor(rank))
}

import type { Estimate } from '../model/estimate.ts'
import { normalQuantile } from './normal-quantile.ts'

/**
 * A share in percent with its interval: E. B. Wilson, "Probable inference", JASA 22 (1927). It stays within 0 to 100 and holds for shares near the ends, where
 * nothing or everything failed.
 */
export function wilson(successes: number, trials: number, confidence = 0.95): Estimate {
  const z = normalQuantile((1 + confidence) / 2)
  const share = successes / trials
  const weight = (z * z) / trials
  const centre = (share + weight / 2) / (1 + weight)
  const margin = (z / (1 + weight)) * Math.sqrt((share * (1 - share)) / trials + weight / (4 * trials))
  return {
    point: 100 * share,
    // Rounding must not put the point outside its own interval.
    low: successes === 0 ? 0 : 100 * Math.max(0, centre - margin),
    high: successes === trials ? 100 : 100 * Math.min(1, centre + margin),
    confidence,
  }
}

import { normalQuantile } from '../stats/normal-quantile.ts'
import { standardError } from './effect.ts'
import type { Evidence } from './evidence.ts'
import { firstStagePairs, passAlpha, secondStagePairs } from './rule.ts'

/** Estimates move while pairs come in, so a little more than the exact number. */
const margin = 1.3
const fewest = 4

/**
 * How many more pairs would settle the case: the interval has to shrink until it lies below the threshold, where the estimate looks
 * unchanged, or above 0, where it looks changed. Widths go with one over the root of the number of pairs.
 */
export function furtherPairs({ effect, threshold, least }: Evidence, alpha: number): number {
  const { theta, pairs } = effect
  const error = standardError(effect)
  // So few pairs have no interval to start from.
  if (!Number.isFinite(error)) return firstStagePairs + secondStagePairs
  const distance = Math.abs(theta) > least ? Math.abs(theta) : threshold - theta
  const quantile = normalQuantile(1 - (Math.abs(theta) > least ? alpha : passAlpha))
  const wanted = pairs * ((quantile * error) / distance) ** 2 * margin
  return Math.max(fewest, Math.ceil(wanted - pairs))
}

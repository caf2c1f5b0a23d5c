import { medianSorted } from 'simple-statistics'
import { walshAverages } from '../stats/hodges-lehmann.ts'
import { normalQuantile } from '../stats/normal-quantile.ts'
import { robustSpread } from '../stats/robust-spread.ts'
import { criticalRank } from '../stats/signed-rank.ts'
import { signedRankTest } from '../stats/signed-rank-test.ts'
import { firstStagePairs, leastShare, passAlpha, secondStagePairs } from './rule.ts'

/** What the pairs of one figure say. All values are logarithms of head over base, so that 0 is no change. */
export interface Effect {
  readonly pairs: number
  /** Hodges-Lehmann. */
  readonly theta: number
  /** 95 %; infinite where so few pairs give none. */
  readonly low: number
  readonly high: number
  /** Standard deviation of one pair, told by the bulk of them. */
  readonly noise: number
  /** Exact p values of "worse" and "better" (signed rank). */
  readonly p_worse: number
  readonly p_better: number
}

export function effectOf(differences: readonly number[]): Effect {
  const pairs = differences.length
  const averages = walshAverages(differences)
  const rank = passRank(pairs)
  const { above, below } = signedRankTest(differences)
  return {
    pairs,
    theta: medianSorted(averages),
    low: rank === 0 ? Number.NEGATIVE_INFINITY : (averages[rank - 1] ?? Number.NEGATIVE_INFINITY),
    high: rank === 0 ? Number.POSITIVE_INFINITY : (averages[averages.length - rank] ?? Number.POSITIVE_INFINITY),
    noise: robustSpread(differences),
    p_worse: above,
    p_better: below,
  }
}

const ranks = new Map<number, number>()

/** The same few numbers of pairs come again and again. */
function passRank(pairs: number): number {
  const rank = ranks.get(pairs) ?? criticalRank(pairs, passAlpha)
  ranks.set(pairs, rank)
  return rank
}

/** Standard error of theta, from the width of its interval. */
export function standardError({ low, high }: Effect): number {
  return (high - low) / (2 * normalQuantile(1 - passAlpha))
}

/**
 * Smallest true change that would be called one with a chance of 95 %, had both stages been run at this noise. It must not pass the first
 * stage, where only an effect of the whole threshold or an estimate above the least effect is sure to go on, and then its bound of
 * `alpha` must come out above 0. Checked by simulation in test/against/visible-effect.test.ts.
 */
export function visibleEffect(effect: Effect, threshold: number, alpha: number): number {
  const planned = Math.max(effect.pairs, firstStagePairs + secondStagePairs)
  const onePair = standardError(effect) * Math.sqrt(effect.pairs)
  const power = normalQuantile(eachPower)
  const least = Math.log1p(leastShare * Math.expm1(threshold))
  const goesOn = Math.min(threshold, least + (power * onePair) / Math.sqrt(firstStagePairs))
  const called = ((normalQuantile(1 - alpha) * rankLoss + power) * onePair) / Math.sqrt(planned)
  return Math.max(goesOn, called)
}

/** Of each hurdle, so that all of them together leave 95 %. */
const eachPower = 0.97
/** Exact signed-rank bounds of 24 pairs lie further out than normal ones, by this factor at alphas of 0.0001 to 0.0005. */
const rankLoss = 1.15

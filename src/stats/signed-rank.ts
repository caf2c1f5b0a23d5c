import { walshAverages } from './hodges-lehmann.ts'

export interface Bounds {
  readonly low: number
  readonly high: number
}

/** Largest sample for which the null distribution is counted exactly; beyond it, doubles would lose the tails. */
export const largestExact = 200

/**
 * Shares of the 2^n equally likely sign patterns, by the sum of the positive ranks: the null distribution of Wilcoxon's
 * signed-rank statistic, counted exactly.
 */
export function signedRankDistribution(n: number): Float64Array {
  const shares = new Float64Array((n * (n + 1)) / 2 + 1)
  shares[0] = 1
  for (let rank = 1, reached = 0; rank <= n; rank++) {
    reached += rank
    for (let sum = reached; sum >= 0; sum--) {
      shares[sum] = ((shares[sum] ?? 0) + (sum >= rank ? (shares[sum - rank] ?? 0) : 0)) / 2
    }
  }
  return shares
}

/**
 * Bounds of the centre (Hodges-Lehmann) of a symmetric distribution: each is wrong with a chance of at most `alpha`, so that
 * together they are an interval of 1 - 2 alpha. With c the largest number for which P(W < c) <= alpha, they are the c-th Walsh
 * average from below and from above. M. Hollander and D. A. Wolfe, "Nonparametric Statistical Methods", 3.4; so does R's wilcox.test.
 *
 * `undefined` where so few values cannot give that alpha (2^-n is above it).
 */
export function signedRankBounds(values: readonly number[], alpha: number): Bounds | undefined {
  const n = values.length
  if (n === 0 || n > largestExact) return undefined
  const rank = criticalRank(n, alpha)
  if (rank === 0) return undefined
  const averages = walshAverages(values)
  return { low: averages[rank - 1] ?? Number.NaN, high: averages[averages.length - rank] ?? Number.NaN }
}

/** The largest c with P(W < c) <= alpha. */
export function criticalRank(n: number, alpha: number): number {
  let below = 0
  let rank = 0
  for (const share of signedRankDistribution(n)) {
    below += share
    if (below > alpha) return rank
    rank++
  }
  return rank
}

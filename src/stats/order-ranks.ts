import type { Bounds } from './signed-rank.ts'

const known = new Map<string, Bounds | undefined>()

/**
 * Ranks (1-based, with fractions) of the order statistics that bound the p-quantile of n independent samples, each wrong with
 * a chance of `alpha`. The number of samples below the quantile is binomial, whatever the distribution: H. A. David and
 * H. N. Nagaraja, "Order Statistics", 7.1. Between the last rank that keeps alpha and the next, interpolated by error, since
 * the discrete ranks alone cover too much (T. P. Hettmansperger and S. J. Sheather, 1986).
 *
 * `undefined` where n is too small for such bounds: 6 for the median, 72 for p95, 368 for p99 (alpha 0.025).
 */
export function orderRanks(n: number, p: number, alpha: number): Bounds | undefined {
  const key = `${n} ${p} ${alpha}`
  if (!known.has(key)) known.set(key, findRanks(n, p, alpha))
  return known.get(key)
}

function findRanks(n: number, p: number, alpha: number): Bounds | undefined {
  const low = lowerRank(n, p, alpha)
  // From above the same question stands for 1 - p.
  const mirrored = lowerRank(n, 1 - p, alpha)
  return low === undefined || mirrored === undefined ? undefined : { low, high: n + 1 - mirrored }
}

/** The largest rank r with P(fewer than r samples below the quantile) <= alpha. */
function lowerRank(n: number, p: number, alpha: number): number | undefined {
  const odds = Math.log(p) - Math.log(1 - p)
  let logShare = n * Math.log(1 - p)
  let below = 0
  for (let rank = 1; rank <= n; rank++) {
    const share = Math.exp(logShare)
    if (below + share > alpha) return rank === 1 ? undefined : rank - 1 + (alpha - below) / share
    below += share
    logShare += Math.log((n - rank + 1) / rank) + odds
  }
  return undefined
}

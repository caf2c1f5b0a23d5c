import { largestExact, signedRankDistribution } from './signed-rank.ts'

export interface SignedRankTails {
  /** Chance of at least so many positive Walsh averages when the centre is 0: small where the values lie above it. */
  readonly above: number
  /** The same for negative ones. */
  readonly below: number
}

/**
 * One-sided exact p values of Wilcoxon's signed-rank test against a centre of 0. The statistic is the number of positive Walsh
 * averages (Tukey 1949), so that `above <= alpha` says the same as a lower bound of that alpha above 0. An average of 0 counts for
 * neither side: ties never add evidence.
 */
export function signedRankTest(values: readonly number[]): SignedRankTails {
  if (values.length === 0 || values.length > largestExact) return { above: 1, below: 1 }
  let positive = 0
  let negative = 0
  for (const [index, first] of values.entries()) {
    for (let other = index; other < values.length; other++) {
      const sum = first + (values[other] ?? first)
      if (sum > 0) positive++
      else if (sum < 0) negative++
    }
  }
  const tails = upperTails(values.length)
  return { above: tails[positive] ?? 1, below: tails[negative] ?? 1 }
}

const known = new Map<number, Float64Array>()

/** P(W >= w) for every w. The same few sizes come again and again. */
function upperTails(n: number): Float64Array {
  const found = known.get(n)
  if (found) return found
  const tails = signedRankDistribution(n)
  for (let index = tails.length - 2; index >= 0; index--) tails[index] = (tails[index] ?? 0) + (tails[index + 1] ?? 0)
  known.set(n, tails)
  return tails
}

import { quantileSorted } from 'simple-statistics'
import { hodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { signedRankBounds } from '../../src/stats/signed-rank.ts'
import { simulatePairs, type NoiseModel } from './noise-models.ts'

/** The two-stage rule that the present one replaced (docs/statistics.md): the second stage believes its 16 fresh pairs alone. */
function earlierRule(differences: readonly number[], threshold_percent: number): boolean {
  const threshold = Math.log1p(threshold_percent / 100)
  const least = Math.log1p((0.6 * threshold_percent) / 100)
  const [first, fresh] = [differences.slice(0, 8), differences.slice(8)]
  const upper = signedRankBounds(first, 0.05)?.high ?? Number.POSITIVE_INFINITY
  if (upper < threshold && hodgesLehmann(first) < least) return false
  return (signedRankBounds(fresh, 0.005)?.low ?? Number.NEGATIVE_INFINITY) > 0 && hodgesLehmann(fresh) > least
}

/** Share of trials in which it calls a planted slow-down. */
export function earlierRates(model: NoiseModel, effect: number, threshold_percent: number, trials: number, seed: number): number {
  const random = seededRandom(seed)
  const decile = (times: readonly number[]): number =>
    Math.log(
      quantileSorted(
        times.toSorted((a, b) => a - b),
        0.1,
      ),
    )
  let found = 0
  for (let trial = 0; trial < trials; trial++) {
    const source = simulatePairs(model, effect, random)
    const differences = Array.from({ length: 24 }, () => {
      const { base, head } = source.next().value
      return decile(head.kept) - decile(base.kept)
    })
    if (earlierRule(differences, threshold_percent)) found++
  }
  return found / trials
}

import { centerBounds, Sample } from 'pragmastat'
import { describe, expect, test } from 'vitest'
import { hodgesLehmann, walshAverages } from '../../src/stats/hodges-lehmann.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { criticalRank, signedRankBounds, signedRankDistribution } from '../../src/stats/signed-rank.ts'
import { gaussian } from './simulated.ts'

/** Hollander and Wolfe, table 3.1: depression scale factors before and after tranquilizer, nine patients. */
const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
const change = before.map((value, patient) => (after[patient] ?? 0) - value)

describe('Hodges-Lehmann', () => {
  test('is the median of the averages of all pairs, each value with itself included', () => {
    expect(walshAverages([1, 2, 4])).toEqual([1, 1.5, 2, 2.5, 3, 4])
    expect(hodgesLehmann([1, 2, 4])).toBe(2.25)
  })

  test('is -0.46 for the published example', () => {
    expect(hodgesLehmann(change)).toBeCloseTo(-0.46, 3)
  })
})

describe('signed rank', () => {
  test('its null distribution counts sign patterns: 1 1 1 2 1 1 1 of 8 for three values', () => {
    expect([...signedRankDistribution(3)].map((share) => share * 8)).toEqual([1, 1, 1, 2, 1, 1, 1])
  })

  test('its critical values are those of the published table, two-sided 5 %', () => {
    // The largest W that is significant: n = 6: 0, 8: 3, 10: 8, 12: 13, 15: 25, 20: 52, 25: 89, 30: 137.
    const table: [number, number][] = [[6, 0], [8, 3], [10, 8], [12, 13], [15, 25], [20, 52], [25, 89], [30, 137]] // prettier-ignore
    for (const [n, critical] of table) expect(criticalRank(n, 0.025)).toBe(critical + 1)
  })

  test('the interval of the published example is (-0.786, -0.010)', () => {
    const bounds = signedRankBounds(change, 0.02)
    expect(bounds?.low).toBeCloseTo(-0.786, 3)
    expect(bounds?.high).toBeCloseTo(-0.01, 3)
  })

  test('six values are the fewest for 95 %, their range is the interval', () => {
    expect(signedRankBounds([1, 2, 3, 4, 5], 0.025)).toBeUndefined()
    expect(signedRankBounds([1, 2, 3, 4, 5, 6], 0.025)).toEqual({ low: 1, high: 6 })
  })

  test('pragmastat, which takes the next Walsh average inwards, agrees otherwise', () => {
    const normal = gaussian(seededRandom(11))
    for (const n of [7, 8, 12, 20, 40]) {
      const values = Array.from({ length: n }, normal)
      const theirs = centerBounds(Sample.of(values), 0.05)
      const averages = walshAverages(values)
      const rank = criticalRank(n, 0.025)
      expect(theirs.lower).toBeCloseTo(averages[rank] ?? Number.NaN, 12)
      expect(theirs.upper).toBeCloseTo(averages[averages.length - 1 - rank] ?? Number.NaN, 12)
      expect(signedRankBounds(values, 0.025)?.low).toBeLessThan(theirs.lower)
    }
  })

  test('a bound is wrong no more often than alpha, and not much less', () => {
    const normal = gaussian(seededRandom(12))
    const runs = 4000
    const wrong = Array.from({ length: runs }, () => signedRankBounds(Array.from({ length: 10 }, normal), 0.05)).filter(
      (bounds) => (bounds?.low ?? 0) > 0,
    )
    // P(W < 11) = 0.0420 for ten values.
    expect(wrong.length / runs).toBeGreaterThan(0.032)
    expect(wrong.length / runs).toBeLessThan(0.052)
  })
})

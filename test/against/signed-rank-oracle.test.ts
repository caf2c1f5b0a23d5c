import pragmastat from 'pragmastat'
import { describe, expect, test } from 'vitest'
import { effectOf } from '../../src/against/effect.ts'
import { hodgesLehmann, walshAverages } from '../../src/stats/hodges-lehmann.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { criticalRank, signedRankBounds, signedRankDistribution } from '../../src/stats/signed-rank.ts'
import { signedRankTest } from '../../src/stats/signed-rank-test.ts'

const random = seededRandom(42)
const samples = [8, 9, 13, 16, 24, 40].flatMap((size) =>
  Array.from({ length: 20 }, () => Array.from({ length: size }, () => random() ** 2 - 0.3)),
)
const alphas = [0.05, 0.025, 0.005]

describe('against pragmastat, on random input', () => {
  test('the Hodges-Lehmann estimate is its center', () => {
    for (const values of samples) expect(hodgesLehmann(values)).toBeCloseTo(pragmastat.center(pragmastat.Sample.of(values)).value, 12)
  })

  test('the bounds are its centerBounds, one Walsh average further out', () => {
    for (const values of samples) {
      const walsh = walshAverages(values)
      for (const alpha of alphas) {
        const theirs = pragmastat.centerBounds(pragmastat.Sample.of(values), 2 * alpha)
        const ours = signedRankBounds(values, alpha)!
        const rank = criticalRank(values.length, alpha)
        expect([ours.low, ours.high]).toEqual([walsh[rank - 1], walsh[walsh.length - rank]])
        expect(walsh[rank]).toBeCloseTo(theirs.lower, 12)
        expect(walsh[walsh.length - rank - 1]).toBeCloseTo(theirs.upper, 12)
      }
    }
  })

  test('one Walsh average further in would be wrong more often than alpha says', () => {
    for (const size of [8, 16, 24]) {
      for (const alpha of alphas) {
        const rank = criticalRank(size, alpha)
        const chance = (below: number): number =>
          signedRankDistribution(size)
            .slice(0, below)
            .reduce((sum, share) => sum + share, 0)
        expect(chance(rank)).toBeLessThanOrEqual(alpha)
        expect(chance(rank + 1)).toBeGreaterThan(alpha)
      }
    }
  })
})

test('the p value is below alpha exactly where the bound of alpha is above 0', () => {
  for (const values of samples) {
    for (const shift of [-0.2, 0, 0.1, 0.2, 0.3]) {
      const shifted = values.map((value) => value + shift)
      for (const alpha of alphas) {
        const bounds = signedRankBounds(shifted, alpha)!
        expect(signedRankTest(shifted).above <= alpha).toBe(bounds.low > 0)
        expect(signedRankTest(shifted).below <= alpha).toBe(bounds.high < 0)
      }
    }
  }
})

test('with all of eight pairs above 0 the p value is one in 256, and ties at 0 are no evidence', () => {
  expect(signedRankTest([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ above: 1 / 256, below: 1 })
  expect(signedRankTest([0, 0, 0, 0, 0, 0, 0, 0])).toEqual({ above: 1, below: 1 })
  expect(signedRankTest([])).toEqual({ above: 1, below: 1 })
})

test('intervals of 95 % hold the true centre in 95 % of 2000 samples of 8, 16 and 24', () => {
  const random = seededRandom(5)
  for (const size of [8, 16, 24]) {
    const held = Array.from({ length: 2000 }, () => {
      const { low, high } = effectOf(Array.from({ length: size }, () => random() + random() - 1))
      return low <= 0 && high >= 0
    })
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(1890)
  }
})

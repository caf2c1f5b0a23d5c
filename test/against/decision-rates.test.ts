import { describe, expect, test } from 'vitest'
import { caseRates, naiveRates, simulateSuite, suiteRates } from '../../bench/self/decision-rates.ts'
import { noiseModels } from '../../bench/self/noise-models.ts'
import { seededRandom } from '../../src/stats/random.ts'

describe.each(noiseModels)('with $name noise', (model) => {
  test('unchanged code is called slower in none of 80 suites of 50 cases', () => {
    const { per_case, per_suite } = suiteRates(model, 50, 80, 1)
    expect({ per_case, per_suite }).toEqual({ per_case: 0, per_suite: 0 })
  })

  test('an unchanged case alone is called neither slower nor faster in any of 600 comparisons, and few are left open', () => {
    const { flagged, improved, inconclusive, mean_pairs } = caseRates(model, { effect: 0, threshold_percent: 5 }, 600, 2)
    expect(flagged).toBe(0)
    expect(improved).toBe(0)
    expect(inconclusive).toBeLessThanOrEqual(0.01)
    expect(mean_pairs).toBeLessThan(12)
  })

  test('+10 % is found in 99 %, +5 % in 95 %, +3 % at a threshold of 3 % in 80 %, and -10 % is an improvement', () => {
    expect(caseRates(model, { effect: 0.1, threshold_percent: 5 }, 200, 3).flagged).toBeGreaterThanOrEqual(0.99)
    expect(caseRates(model, { effect: 0.05, threshold_percent: 5 }, 200, 4).flagged).toBeGreaterThanOrEqual(0.95)
    expect(caseRates(model, { effect: 0.03, threshold_percent: 3 }, 200, 5).flagged).toBeGreaterThanOrEqual(0.8)
    expect(caseRates(model, { effect: -0.1, threshold_percent: 5 }, 100, 6).improved).toBeGreaterThanOrEqual(0.98)
  })

  test('Mann-Whitney on raw samples calls more than one in five pairs of unchanged processes slower', () => {
    expect(naiveRates(model, 400, 7).ranks).toBeGreaterThan(0.2)
  })
})

test('5 % on means calls a third of unchanged processes slower beside a neighbour that bursts', () => {
  const bursts = noiseModels.find(({ name }) => name === 'neighbour bursts')!
  expect(naiveRates(bursts, 400, 8).means).toBeGreaterThan(0.3)
})

test('three times the garbage at the same speed is a regression of bytes, not of time', () => {
  for (const model of noiseModels) {
    const random = seededRandom(9)
    for (let trial = 0; trial < 40; trial++) {
      const [decision] = simulateSuite(model, [{ effect: 0, threshold_percent: 5, garbage: 3 }], random).decisions
      expect(decision).toMatchObject({ verdict: 'regressed', figure: 'heap_bytes_per_call', main: { verdict: 'unchanged' } })
    }
  }
})

test('+20 % in two of eight cases flags exactly those two', () => {
  for (const [seed, model] of noiseModels.entries()) {
    const planted = [0, 0, 0.2, 0, 0, 0, 0.2, 0].map((effect) => ({ effect, threshold_percent: 5 }))
    const { decisions } = simulateSuite(model, planted, seededRandom(20 + seed))
    const slower = decisions.flatMap(({ verdict }, index) => (verdict === 'regressed' ? [index] : []))
    expect(slower).toEqual([2, 6])
  }
})

test('the pairs asked for settle most of the cases that 24 leave open', () => {
  const bursts = noiseModels.find(({ name }) => name === 'neighbour bursts')!
  const planted = { effect: 0.03, threshold_percent: 3 }
  const open = caseRates(bursts, planted, 400, 10, 24).inconclusive
  const after = caseRates(bursts, planted, 400, 10).inconclusive
  expect(open).toBeGreaterThan(0.05)
  expect(after).toBeLessThan(open / 3)
})

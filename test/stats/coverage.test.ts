import { describe, expect, test } from 'vitest'
import type { Estimate } from '../../src/model/estimate.ts'
import { meanInterval } from '../../src/stats/mean-interval.ts'
import { mserCut } from '../../src/stats/mser.ts'
import { quantileInterval } from '../../src/stats/quantile-interval.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { gaussian, sources } from './simulated.ts'

/** Correlated at 0.8, 500 samples are worth about 55 independent ones: too few for p95. */
const samples = (name: string): number => (name === 'autocorrelated (0.8)' ? 1500 : 500)
const runs = 1000

/** Standard normal quantiles of 0.5, 0.75, 0.9, 0.95, from published tables. */
const z = { 0.5: 0, 0.75: 0.67449, 0.9: 1.28155, 0.95: 1.64485 } as const
type P = keyof typeof z

const truth: Record<string, { mean: number; quantile: (p: P) => number }> = {
  normal: { mean: 100, quantile: (p) => 100 + 5 * z[p] },
  'log-normal': { mean: Math.exp(0.125), quantile: (p) => Math.exp(0.5 * z[p]) },
  // 0.7 of the mass lies around 100 and 0.3 around 130, so far apart that a quantile is one of its component.
  bimodal: {
    mean: 109,
    quantile: (p) => ({ 0.5: 100 + 2 * 0.56595, 0.75: 130 - 2 * 0.96742, 0.9: 130 + 2 * 0.43073, 0.95: 130 + 2 * 0.96742 })[p],
  },
  'autocorrelated (0.5)': { mean: 100, quantile: (p) => 100 + z[p] },
  'autocorrelated (0.8)': { mean: 100, quantile: (p) => 100 + z[p] },
}

/** Percent of the given intervals that hold the true value. */
function coverage(intervals: readonly (Estimate | undefined)[], value: number): number {
  const given = intervals.filter((interval) => interval !== undefined)
  return (100 * given.filter(({ low, high }) => low <= value && value <= high).length) / given.length
}

describe('of a hundred 95 % intervals 93 to 97 hold the true value', () => {
  for (const { name, draw } of sources(2)) {
    const runsOf = Array.from({ length: runs }, () => draw(samples(name)))
    const expected = truth[name]
    if (!expected) throw new Error(name)
    test(`mean, ${name}`, () => {
      const covered = coverage(runsOf.map((run) => meanInterval(run)), expected.mean) // prettier-ignore
      expect(covered).toBeGreaterThanOrEqual(93)
      expect(covered).toBeLessThanOrEqual(97)
    })

    test(`mean of what is left when warm-up is looked for and there is none, ${name}`, () => {
      const covered = coverage(runsOf.map((run) => meanInterval(run.slice(mserCut(run)))), expected.mean) // prettier-ignore
      expect(covered).toBeGreaterThanOrEqual(93)
      expect(covered).toBeLessThanOrEqual(97)
    })

    test.for([0.5, 0.75, 0.9, 0.95] as const)(`quantile %s, ${name}`, (p) => {
      const intervals = runsOf.map((run) => quantileInterval(run, p))
      expect(intervals.filter(Boolean).length).toBeGreaterThan(0.9 * runs)
      const covered = coverage(intervals, expected.quantile(p))
      expect(covered).toBeGreaterThanOrEqual(93)
      expect(covered).toBeLessThanOrEqual(97)
    })
  }
})

test('no interval is given where the samples are worth too few independent ones', () => {
  const correlated = sources(3).at(-1)
  const runsOf = Array.from({ length: 100 }, () => correlated?.draw(500) ?? [])
  expect(runsOf.filter((run) => quantileInterval(run, 0.95)).length).toBeLessThan(40)
})

test('rare pauses stay in the mean when warm-up is looked for', () => {
  const random = seededRandom(4)
  const normal = gaussian(random)
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const runsOf = Array.from({ length: 1000 }, () => Array.from({ length: 500 }, () => (random() < 0.005 ? 21 : 1) + 0.02 * normal()))
  const ratio = mean(runsOf.map((run) => mean(run.slice(mserCut(run))))) / mean(runsOf.map(mean))
  expect(Math.abs(ratio - 1)).toBeLessThan(0.005)
})

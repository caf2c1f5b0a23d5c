import { describe, expect, test } from 'vitest'
import { blockBootstrap } from '../../src/stats/block-bootstrap.ts'
import { effectiveSamples } from '../../src/stats/effective-samples.ts'
import { meanInterval } from '../../src/stats/mean-interval.ts'
import { modality } from '../../src/stats/modality.ts'
import { normalQuantile } from '../../src/stats/normal-quantile.ts'
import { orderRanks } from '../../src/stats/order-ranks.ts'
import { quantileInterval } from '../../src/stats/quantile-interval.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { theilSen } from '../../src/stats/theil-sen.ts'
import { gaussian, sources } from './simulated.ts'

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('random numbers', () => {
  test('are the same for the same seed, others for another', () => {
    const first = seededRandom(1)
    const again = seededRandom(1)
    const other = seededRandom(2)
    const numbers = Array.from({ length: 5 }, () => first())
    expect(Array.from({ length: 5 }, () => again())).toEqual(numbers)
    expect(Array.from({ length: 5 }, () => other())).not.toEqual(numbers)
  })

  test('are uniform in [0, 1): chi square of 100 cells below its 99.9 % point', () => {
    const random = seededRandom(3)
    const cells = new Array<number>(100).fill(0)
    for (let draw = 0; draw < 100_000; draw++) {
      const cell = Math.floor(random() * 100)
      cells[cell] = (cells[cell] ?? 0) + 1
    }
    expect(cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(148.2)
  })
})

test('normal quantiles are those of the table', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.9, 1.2815515655],
    [0.95, 1.644853627],
    [0.975, 1.9599639845],
    [0.995, 2.5758293035],
    [0.0001, -3.7190164855],
  ] as const) {
    // prettier-ignore
    expect(normalQuantile(p)).toBeCloseTo(z, 7)
  }
})

describe('order statistics', () => {
  test('bound the median by published ranks: 10 values 2 and 9, 20 values 6 and 15, 50 values 18 and 33', () => {
    for (const [n, low, high] of [
      [10, 2, 9],
      [20, 6, 15],
      [50, 18, 33],
    ] as const) {
      // prettier-ignore
      const ranks = orderRanks(n, 0.5, 0.025)
      expect(Math.floor(ranks?.low ?? 0)).toBe(low)
      expect(Math.ceil(ranks?.high ?? 0)).toBe(high)
    }
  })

  test('need 6 values for the median, 72 for p95 and 368 for p99', () => {
    for (const [n, p] of [
      [6, 0.5],
      [72, 0.95],
      [368, 0.99],
    ] as const) {
      // prettier-ignore
      expect(orderRanks(n, p, 0.025)).toBeDefined()
      expect(orderRanks(n - 1, p, 0.025)).toBeUndefined()
    }
  })

  test('give no interval for too few values, and a whole one for six', () => {
    expect(quantileInterval([1, 2, 3, 4, 5], 0.5)).toBeUndefined()
    const interval = quantileInterval([6, 1, 5, 2, 4, 3], 0.5)
    expect(interval).toMatchObject({ point: 3.5, confidence: 0.95 })
    expect(interval?.low).toBeLessThan(2)
    expect(interval?.high).toBeGreaterThan(5)
  })
})

describe('effective samples', () => {
  test('autocorrelated values at phi are worth (1 - phi) / (1 + phi) of independent ones', () => {
    const [, , , half, strong] = sources(4)
    expect(effectiveSamples(half?.draw(50_000) ?? []).correlation_time).toBeCloseTo(3, 0)
    expect(Math.abs(effectiveSamples(strong?.draw(50_000) ?? []).correlation_time - 9)).toBeLessThan(1)
  })

  test('independent, alternating and constant values count as independent', () => {
    const [normal] = sources(4)
    expect(effectiveSamples(normal?.draw(50_000) ?? []).correlation_time).toBeLessThan(1.05)
    expect(effectiveSamples(Array.from({ length: 100 }, (_, index) => index % 2)).correlation_time).toBe(1)
    expect(effectiveSamples(new Array<number>(100).fill(3))).toEqual({ correlation_time: 1, degrees: 99 })
  })
})

describe('mean interval', () => {
  test('of a few values is that of Student: 1 to 5 give 3 +- 2.776 sqrt(2.5 / 5)', () => {
    const interval = meanInterval([1, 2, 3, 4, 5])
    expect(interval?.point).toBe(3)
    expect(interval?.low).toBeCloseTo(3 - 2.7764451 * Math.sqrt(0.5), 6)
    expect(interval?.high).toBeCloseTo(3 + 2.7764451 * Math.sqrt(0.5), 6)
  })

  test('of skewed values reaches further to the long side', () => {
    const [, skewed] = sources(5)
    const { point, low, high } = meanInterval((skewed?.draw(100) ?? []).map((value) => value ** 2)) ?? { point: 0, low: 0, high: 0 }
    expect(high - point).toBeGreaterThan(point - low)
  })

  test('of one value is none, of equal values a point', () => {
    expect(meanInterval([1])).toBeUndefined()
    expect(meanInterval([2, 2, 2])).toEqual({ point: 2, low: 2, high: 2, confidence: 0.95 })
  })
})

describe('block bootstrap', () => {
  test('spreads the mean of independent values by sigma / sqrt n', () => {
    const normal = gaussian(seededRandom(6))
    const values = Array.from({ length: 400 }, () => 10 + 2 * normal())
    const means = blockBootstrap(values, average, { resamples: 2000, blockLength: 1 })
    const spread = Math.sqrt(average(means.map((mean) => (mean - average(means)) ** 2)))
    expect(spread).toBeGreaterThan(0.09)
    expect(spread).toBeLessThan(0.11)
  })

  test('keeps neighbours together: one block of all values is the series itself', () => {
    expect(blockBootstrap([3, 1, 2], (resample) => resample[0] ?? 0, { resamples: 5, blockLength: 3 })).toEqual([3, 3, 3, 3, 3])
    const pairs = blockBootstrap([0, 1, 2, 3], ([a = 0, b = 0]) => b - a, { resamples: 50, blockLength: 2 })
    expect(new Set(pairs)).toEqual(new Set([1]))
  })

  test('is sorted, repeatable, and empty for nothing', () => {
    const run = () => blockBootstrap([5, 1, 4, 2, 3], average, { resamples: 100, seed: 7 })
    expect(run()).toEqual(run().toSorted((a, b) => a - b))
    expect(run()).toEqual(run())
    expect(blockBootstrap([], average)).toEqual([])
  })
})

describe('Theil-Sen', () => {
  test('is the line through exact points, whatever one wild point says', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8]
    const y = x.map((value) => 3 + 2 * value)
    y[3] = 1000
    const line = theilSen(x, y)
    expect(line?.slope.point).toBe(2)
    expect(line?.intercept).toBe(3)
  })

  test('gives the interval of Sen 1968: 3.71 to 4.38 around 4 at 93 %', () => {
    const line = theilSen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], 0.93)
    expect(line?.slope.point).toBe(4)
    expect(line?.slope.low).toBeCloseTo(3.71, 2)
    expect(line?.slope.high).toBeCloseTo(4.38, 2)
  })

  test('covers the true slope in about 95 of 100 series', () => {
    const normal = gaussian(seededRandom(8))
    const x = Array.from({ length: 20 }, (_, index) => index)
    const held = Array.from({ length: 1000 }, () =>
      theilSen(
        x,
        x.map((value) => 5 + 0.3 * value + normal()),
      ),
    ).filter((line) => line && line.slope.low <= 0.3 && line.slope.high >= 0.3)
    expect(held.length).toBeGreaterThanOrEqual(930)
    expect(held.length).toBeLessThanOrEqual(975)
  })

  test('has nothing to say about two points', () => {
    expect(theilSen([1, 2], [1, 2])).toBeUndefined()
    expect(theilSen([1, 1, 1, 1], [1, 2, 3, 4])).toBeUndefined()
  })
})

describe('modality', () => {
  test('one hump has an m-value of 2, whatever its shape', () => {
    for (const { name, draw } of sources(9)) {
      if (name === 'bimodal') continue
      expect(modality(draw(500)).m_value).toBeLessThan(2.5)
    }
  })

  test('two equal humps have about 4, and their places are found', () => {
    const normal = gaussian(seededRandom(10))
    const { m_value, modes } = modality(Array.from({ length: 500 }, (_, index) => (index % 2 ? 100 : 120) + normal()))
    expect(m_value).toBeGreaterThan(3.2)
    expect(modes.map((mode) => Math.round(mode / 5) * 5)).toEqual([100, 120])
  })

  test('equal values are one mode', () => {
    expect(modality(new Array<number>(100).fill(7))).toEqual({ m_value: 2, modes: [7] })
  })
})

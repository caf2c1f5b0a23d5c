import { describe, expect, it } from 'vitest'
import { complexityClasses } from '../../src/model/scaling.ts'
import { classify } from '../../src/stats/complexity.ts'
import { chiSquareTail, evenness } from '../../src/stats/evenness.ts'
import { nonNegativeLeastSquares } from '../../src/stats/least-squares.ts'
import { normalQuantile } from '../../src/stats/normal-quantile.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { powerLaw } from '../../src/stats/scaling-exponent.ts'
import { kneeOf, peakOf, throughputAt, universalScalability } from '../../src/stats/universal-scalability.ts'
import { upAndDown } from '../../src/stats/up-and-down.ts'

const decades = [1e3, 1e4, 1e5, 1e6]
const doublings = [1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3]

function noise(seed: number, share: number): () => number {
  const random = seededRandom(seed)
  return () => Math.exp(share * normalQuantile(random() * 0.999998 + 1e-6))
}

describe('the exponent of a power law', () => {
  it.each([0, 0.5, 1, 1.5, 2])('is found within 0.05 for n^%d with 3 %% noise, and its interval holds it in nine of ten', (exponent) => {
    const factor = noise(1, 0.03)
    const within = noise(2, 0.01)
    let held = 0
    for (let run = 0; run < 100; run++) {
      const points = decades.map((n) => {
        const value = 7 * n ** exponent * factor()
        return { n, value, replicates: Array.from({ length: 20 }, () => value * within()) }
      })
      const law = powerLaw(points)
      expect(Math.abs((law?.exponent.point ?? 9) - exponent)).toBeLessThan(0.05)
      if (law && law.exponent.low <= exponent && exponent <= law.exponent.high) held++
    }
    expect(held).toBeGreaterThanOrEqual(90)
  })

  it('is not given for two sizes', () => {
    expect(powerLaw([1, 10].map((n) => ({ n, value: n, replicates: [n] })))).toBeUndefined()
  })
})

const growths = {
  'O(1)': () => 5,
  'O(log n)': Math.log2,
  'O(n)': (n: number) => n,
  'O(n log n)': (n: number) => n * Math.log2(n),
  'O(n^2)': (n: number) => n * n,
}

describe('the class of growth', () => {
  it.each(complexityClasses.flatMap((name) => [decades, doublings].map((sizes) => [name, sizes] as const)))(
    'is %s where the points are, at 3 %% noise, over %j',
    (name, sizes) => {
      const factor = noise(3, 0.03)
      let named = 0
      for (let run = 0; run < 100; run++) {
        const { complexity } = classify(sizes.map((n) => ({ n, value: growths[name](n) * factor() })))
        expect([name, 'undecided']).toContain(complexity)
        if (complexity === name) named++
      }
      expect(named).toBeGreaterThanOrEqual(95)
    },
  )

  it.each<[string, (n: number) => number]>([
    ['n^0.5', Math.sqrt],
    ['n^1.2', (n) => n ** 1.2],
    ['n^1.5', (n) => n ** 1.5],
    ['n^3', (n) => n ** 3],
    ['(log n)^2', (n) => Math.log(n) ** 2],
  ])('is not claimed for %s, which is none of the five', (_, growth) => {
    for (const [seed, share] of [0.01, 0.03, 0.08].entries()) {
      const factor = noise(10 + seed, share)
      for (const sizes of [decades, doublings]) {
        const claims = Array.from({ length: 100 }, () => classify(sizes.map((n) => ({ n, value: growth(n) * factor() }))).complexity)
        expect(claims.filter((claim) => claim !== 'undecided').length).toBeLessThanOrEqual(1)
      }
    }
  })

  it('sees a linear part behind a constant one, where both are there to see', () => {
    const sizes = [100, 1e3, 1e4, 1e5, 1e6, 1e7]
    const { complexity, fits } = classify(sizes.map((n) => ({ n, value: 20_000 + n })))
    expect(complexity).toBe('O(n)')
    expect(fits[0]?.constant).toBeCloseTo(20_000, -1)
  })

  it('is undecided with three sizes, or over a short range', () => {
    expect(classify([1, 10, 100].map((n) => ({ n, value: n })))).toEqual({ complexity: 'undecided', margin: 0, fits: [] })
    expect(classify([1, 2, 3, 4, 5].map((n) => ({ n, value: n }))).complexity).toBe('undecided')
  })
})

describe('the Universal Scalability Law', () => {
  const levels = [1, 5, 10, 25, 50]
  const throughputs = (truth: { lambda: number; sigma: number; kappa: number }, factor: () => number) =>
    levels.map((n) => ({ n, rate: throughputAt(truth, n) * factor(), relative_error: 0.01 }))

  it.each([
    { lambda: 1_000, sigma: 0.05, kappa: 0.001 },
    { lambda: 200, sigma: 0.1, kappa: 0 },
    { lambda: 5_000, sigma: 0.02, kappa: 0.0005 },
  ])(
    'gives the knee within 15 %% at 3 %% noise, and intervals that hold the truth: $sigma, $kappa',
    (truth) => {
      const factor = noise(4, 0.03)
      const held = { knee: 0, sigma: 0, kappa: 0, close: 0 }
      for (let run = 0; run < 100; run++) {
        const law = universalScalability(throughputs(truth, factor))
        if (!law?.knee) continue
        const holds = (name: 'sigma' | 'kappa') => law[name].low <= truth[name] && truth[name] <= law[name].high
        if (Math.abs(law.knee.point / kneeOf(truth) - 1) <= 0.15) held.close++
        if (law.knee.low <= kneeOf(truth) && kneeOf(truth) <= law.knee.high) held.knee++
        if (holds('sigma')) held.sigma++
        if (holds('kappa')) held.kappa++
      }
      expect(held.close).toBeGreaterThanOrEqual(97)
      expect(Math.min(held.knee, held.sigma, held.kappa)).toBeGreaterThanOrEqual(85)
    },
    60_000,
  )

  it('has its knee where throughput / response time is largest, and its peak where throughput is', () => {
    const law = { lambda: 100, sigma: 0.05, kappa: 0.001 }
    const users = Array.from({ length: 6_000 }, (_, index) => 1 + index / 100)
    const best = (of: (n: number) => number) => users.reduce((a, b) => (of(b) > of(a) ? b : a))
    expect(kneeOf(law)).toBeCloseTo(
      best((n) => throughputAt(law, n) ** 2 / n),
      1,
    )
    expect(peakOf(law)).toBeCloseTo(
      best((n) => throughputAt(law, n)),
      1,
    )
  })

  it('claims no knee and no peak where throughput grows in step, and no law of three levels', () => {
    const law = universalScalability(throughputs({ lambda: 100, sigma: 0, kappa: 0 }, noise(5, 0.01)))
    expect(law).toBeDefined()
    expect(law).not.toHaveProperty('knee')
    expect(law).not.toHaveProperty('peak')
    expect(universalScalability(throughputs({ lambda: 100, sigma: 0.1, kappa: 0 }, () => 1).slice(2))).toBeUndefined()
  })

  it('claims a falling throughput for one in twenty flat ones at most', () => {
    const factor = noise(6, 0.03)
    const claims = Array.from({ length: 100 }, () => universalScalability(throughputs({ lambda: 100, sigma: 0.1, kappa: 0 }, factor))?.peak)
    expect(claims.filter(Boolean).length).toBeLessThanOrEqual(5)
  }, 60_000)
})

describe('up and down', () => {
  it('finds the rate that is kept as often as not; its interval holds it in nine of ten searches', () => {
    const random = seededRandom(7)
    let held = 0
    for (let run = 0; run < 200; run++) {
      const capacity = 500 * (1 + random())
      // Chance of being kept falls from 3/4 to 1/4 over 9 % of the rate.
      const keeps = (rate: number) => random() < 1 / (1 + Math.exp(Math.log(rate / capacity) * 24))
      const probes: { rate: number; kept: boolean }[] = []
      let rate = capacity * (0.9 + 0.2 * random())
      for (let turns = 0; turns < 6 && probes.length < 40;) {
        const kept = keeps(rate)
        if (probes.length > 0 && probes.at(-1)?.kept !== kept) turns++
        probes.push({ rate, kept })
        rate = kept ? rate * 1.1 : rate / 1.1
      }
      const estimate = upAndDown({ probes, step: 1.1 })
      if (estimate && estimate.low <= capacity && capacity <= estimate.high) held++
    }
    expect(held).toBeGreaterThanOrEqual(180)
  })

  it('gives nothing for a search that hardly turned', () => {
    expect(
      upAndDown({
        probes: [
          { rate: 100, kept: true },
          { rate: 110, kept: false },
        ],
        step: 1.1,
      }),
    ).toBeUndefined()
  })
})

describe('evenness', () => {
  // From printed tables.
  it.each([
    [3.841459, 1, 0.05],
    [9.21034, 2, 0.01],
    [2, 2, Math.exp(-1)],
    [0, 3, 1],
  ])('P(chi-square > %d) with %d degrees of freedom is %d', (x, df, tail) => {
    expect(chiSquareTail(x, df)).toBeCloseTo(tail, 6)
  })

  it('is e^-(x/2) sum (x/2)^k / k! for an even number of degrees of freedom', () => {
    for (const [x, df] of [
      [2, 2],
      [30, 40],
      [100, 100],
      [180, 100],
      [5, 12],
    ] as const) {
      let term = Math.exp(-x / 2)
      let sum = term
      for (let k = 1; k < df / 2; k++) sum += term *= x / 2 / k
      expect(chiSquareTail(x, df)).toBeCloseTo(sum, 10)
    }
  })

  it('tells turns from chance, and chance from a backend that is left out', () => {
    expect(evenness([10, 10, 10])).toMatchObject({ chi_square: 0, p_value: 1, coefficient_of_variation: 0 })
    expect(evenness([104, 98, 98]).p_value).toBeGreaterThan(0.5)
    expect(evenness([150, 150, 0])).toMatchObject({ chi_square: 150 })
    expect(evenness([150, 150, 0]).p_value).toBeLessThan(1e-6)
    expect(evenness([0, 0])).toMatchObject({ p_value: 1 })
  })
})

describe('least squares without negative coefficients', () => {
  it('is the plain solution where that is not negative, and leaves a column out where it is', () => {
    const x = [1, 2, 3, 4]
    const ones = x.map(() => 1)
    const close = (actual: readonly number[]) => actual.map((value) => Number(value.toFixed(9)))
    expect(close(nonNegativeLeastSquares([ones, x], [3, 5, 7, 9]).coefficients)).toEqual([1, 2])
    expect(close(nonNegativeLeastSquares([ones, x], [1, 3, 5, 7]).coefficients)).toEqual([0, 1.666666667])
    expect(nonNegativeLeastSquares([ones, ones], [1, 1, 1, 1]).residual).toBeCloseTo(0)
  })
})

import { describe, expect, test } from 'vitest'
import { betaQuantile, logGamma, regularizedIncompleteBeta } from '../../src/stats/incomplete-beta.ts'
import { studentTCdf, studentTQuantile } from '../../src/stats/student-t.ts'

describe('quantiles of Student t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2: upper critical values.
  test.each([
    [1, 6.314, 12.706, 31.821, 63.657],
    [2, 2.92, 4.303, 6.965, 9.925],
    [3, 2.353, 3.182, 4.541, 5.841],
    [5, 2.015, 2.571, 3.365, 4.032],
    [6, 1.943, 2.447, 3.143, 3.707],
    [10, 1.812, 2.228, 2.764, 3.169],
    [15, 1.753, 2.131, 2.602, 2.947],
    [25, 1.708, 2.06, 2.485, 2.787],
    [30, 1.697, 2.042, 2.457, 2.75],
    [60, 1.671, 2.0, 2.39, 2.66],
    [100, 1.66, 1.984, 2.364, 2.626],
  ])('with %i degrees of freedom agree with the published table', (df, at95, at975, at99, at995) => {
    expect([0.95, 0.975, 0.99, 0.995].map((p) => Number(studentTQuantile(p, df).toFixed(3)))).toEqual([at95, at975, at99, at995])
  })

  test('go to the normal quantile with many degrees of freedom', () => {
    expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(1.959_964, 4)
  })

  test('are odd around one half and undo the distribution function', () => {
    for (const p of [0.001, 0.1, 0.3, 0.5, 0.8, 0.9995]) {
      expect(studentTQuantile(p, 7)).toBeCloseTo(-studentTQuantile(1 - p, 7), 9)
      expect(studentTCdf(studentTQuantile(p, 7), 7)).toBeCloseTo(p, 12)
    }
  })

  test('with one degree of freedom are those of Cauchy, in closed form', () => {
    for (const p of [0.6, 0.75, 0.99, 0.9999]) expect(studentTQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 6)
  })
})

describe('the regularised incomplete beta function', () => {
  test('is x^a where b = 1 and 1 - (1-x)^b where a = 1', () => {
    for (const x of [0.001, 0.2, 0.5, 0.97]) {
      expect(regularizedIncompleteBeta(x, 3.5, 1)).toBeCloseTo(x ** 3.5, 12)
      expect(regularizedIncompleteBeta(x, 1, 8)).toBeCloseTo(1 - (1 - x) ** 8, 12)
    }
  })

  test('is a binomial tail for whole numbers: P(X >= 3 of 10, 0.3)', () => {
    const below = [0, 1, 2].reduce((sum, k) => sum + [1, 10, 45][k]! * 0.3 ** k * 0.7 ** (10 - k), 0)
    expect(regularizedIncompleteBeta(0.3, 3, 8)).toBeCloseTo(1 - below, 12)
  })

  test('holds at its ends, and with large parameters', () => {
    expect([regularizedIncompleteBeta(0, 2, 3), regularizedIncompleteBeta(1, 2, 3)]).toEqual([0, 1])
    expect(regularizedIncompleteBeta(0.5, 5000, 5000)).toBeCloseTo(0.5, 9)
  })

  test('is undone by the beta quantile: Clopper-Pearson for 0 of 10 ends at 1 - 0.025^(1/10)', () => {
    expect(betaQuantile(0.975, 1, 10)).toBeCloseTo(1 - 0.025 ** 0.1, 12)
    expect(regularizedIncompleteBeta(betaQuantile(0.2, 4, 9), 4, 9)).toBeCloseTo(0.2, 12)
  })
})

test('ln gamma is that of factorials and of one half', () => {
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 10)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
  expect(logGamma(0.1)).toBeCloseTo(2.252_712_651_734_206, 11)
})

import { describe, expect, test } from 'vitest'
import { arrivalTimes, meanRate } from '../../src/load/arrivals.ts'

describe('planned times', () => {
  test('at a constant rate are evenly spaced, and as many as rate times duration', () => {
    const stages = [{ fromRate: 4, toRate: 4, durationMs: 1000 }]
    expect([...arrivalTimes(stages, 'constant', 1)]).toEqual([0, 250, 500, 750])
    expect(meanRate(stages)).toBe(4)
  })

  test('of a ramp are due when the area under the rate reaches a whole number', () => {
    // 0 to 20/s over 1 s: the k-th request is due at sqrt(k / 10) s.
    const times = [...arrivalTimes([{ fromRate: 0, toRate: 20, durationMs: 1000 }], 'constant', 1)]
    expect(times).toHaveLength(10)
    times.forEach((time, k) => expect(time).toBeCloseTo(Math.sqrt(k / 10) * 1000, 6))
  })

  test('go on evenly from one stage to the next', () => {
    const stages = [
      { fromRate: 3, toRate: 3, durationMs: 500 },
      { fromRate: 3, toRate: 3, durationMs: 500 },
    ]
    const times = [...arrivalTimes(stages, 'constant', 1)]
    expect(times.map(Math.round)).toEqual([0, 333, 667])
  })

  test('of Poisson arrivals are as irregular as chance, and the same for the same seed', () => {
    const stages = [{ fromRate: 1000, toRate: 1000, durationMs: 20_000 }]
    const times = [...arrivalTimes(stages, 'poisson', 1)]
    const gaps = times.slice(1).map((time, k) => time - times[k]!)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
    // 20,000 requests: a standard error of the mean gap of 0.7 %.
    expect(mean).toBeCloseTo(1, 1)
    expect(deviation / mean).toBeCloseTo(1, 1)
    expect([...arrivalTimes(stages, 'poisson', 1)]).toEqual(times)
    expect([...arrivalTimes(stages, 'poisson', 2)]).not.toEqual(times)
  })
})

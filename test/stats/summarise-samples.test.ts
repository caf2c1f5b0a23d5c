import { describe, expect, test } from 'vitest'
import type { SampledTimes } from '../../src/model/measured.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { relativeTime } from '../../src/stats/relative.ts'
import { summariseSamples } from '../../src/stats/summarise-samples.ts'
import { gaussian } from './simulated.ts'

function sampled(ns: readonly number[], more: Partial<SampledTimes> = {}): SampledTimes {
  return {
    type: 'samples',
    ns_per_call: ns,
    batch: 10,
    calls: 10 * ns.length,
    awaited: false,
    warmup: { calls: 100, ms: 200, cut_samples: 0 },
    clock_overhead_ns: 50,
    await_overhead_ns: 0,
    steady_state: 'flat',
    ...more,
  }
}

const noise = (seed: number, count: number, mean = 1e6, sd = 1e4): number[] => {
  const normal = gaussian(seededRandom(seed))
  return Array.from({ length: count }, () => mean + sd * normal())
}

describe('metrics', () => {
  test('are milliseconds of a call, and calls per second', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => (100 - index) * 1e6)
    const { metrics } = summariseSamples(sampled(hundred, { memory: { bytes_per_call: 64, gc_ns_per_call: 3, gc_count: 2 } }))
    expect(metrics).toEqual({
      avg_time_ms: 50.5,
      min_time_ms: 1,
      max_time_ms: 100,
      p10_time_ms: expect.closeTo(10.9, 9),
      p50_time_ms: 50.5,
      p75_time_ms: 75.25,
      p90_time_ms: expect.closeTo(90.1, 9),
      p95_time_ms: expect.closeTo(95.05, 9),
      p99_time_ms: expect.closeTo(99.01, 9),
      p999_time_ms: expect.closeTo(99.901, 9),
      stddev_time_ms: expect.closeTo(29.0115, 3),
      ops_per_second: 1000 / 50.5,
      heap_bytes_per_call: 64,
      gc_time_ns_per_call: 3,
    })
  })

  test('have intervals around their points where enough samples stand behind them', () => {
    const { metrics, estimates } = summariseSamples(sampled(noise(1, 500)))
    expect(Object.keys(estimates).sort()).toEqual(
      ['avg_time_ms', 'ops_per_second', 'p10_time_ms', 'p50_time_ms', 'p75_time_ms', 'p90_time_ms', 'p95_time_ms', 'p99_time_ms'], // prettier-ignore
    )
    for (const [name, { point, low, high }] of Object.entries(estimates)) {
      expect(point).toBeCloseTo(metrics[name] ?? Number.NaN, 10)
      expect(low).toBeLessThanOrEqual(point)
      expect(high).toBeGreaterThanOrEqual(point)
    }
  })

  test('of one sample are that sample, without an interval', () => {
    const { metrics, estimates } = summariseSamples(sampled([2e6]))
    expect(metrics).toMatchObject({ avg_time_ms: 2, p50_time_ms: 2, p999_time_ms: 2, stddev_time_ms: 0, ops_per_second: 500 })
    expect(estimates).toEqual({})
  })

  test('are all finite, even for times of zero', () => {
    const { metrics, estimates } = summariseSamples(sampled([0, 0, 0, 0, 0, 0, 0, 0]))
    const numbers = [...Object.values(metrics), ...Object.values(estimates).flatMap(({ point, low, high }) => [point, low, high])]
    expect(numbers.every(Number.isFinite)).toBe(true)
  })
})

describe('findings', () => {
  const codes = (measured: SampledTimes): string[] => summariseSamples(measured).findings.map(({ code }) => code)

  test('name each tail that too few samples of single calls stand behind', () => {
    expect(summariseSamples({ ...sampled(noise(2, 200)), batch: 1 }).findings).toEqual([
      { code: 'few_for_tail', facts: { percentile: 'p99', samples: 200, wanted: 299 } },
      { code: 'few_for_tail', facts: { percentile: 'p99.9', samples: 200, wanted: 2995 } },
    ])
    expect(codes({ ...sampled(noise(2, 3000)), batch: 1 })).toEqual([])
    expect(codes({ ...sampled(noise(2, 200)), batch: 100 })).toEqual([])
  })

  test('two speeds are multimodal, by how much they differ', () => {
    const two = noise(3, 3000).map((ns, index) => ((index * 7) % 10 < 5 ? ns : 1.3 * ns))
    const [found] = summariseSamples(sampled(two)).findings
    expect(found).toMatchObject({ code: 'multimodal', facts: { modes: 2 } })
    expect(found?.code === 'multimodal' && Math.abs(found.facts.separation_percent - 30) < 2).toBe(true)
  })

  test('a slow rise is a drift, unless it is said to be no steady state already', () => {
    const rising = noise(4, 3000).map((ns, index) => ns * (1 + (0.1 * index) / 3000))
    const [found] = summariseSamples(sampled(rising)).findings
    expect(found?.code === 'drift' && Math.abs(found.facts.change_percent - 10) < 1).toBe(true)
    expect(codes(sampled(rising, { steady_state: 'no steady state' }))).toEqual([])
  })

  test('noise alone has none, in fifty runs', () => {
    const found = Array.from({ length: 50 }, (_, seed) => codes(sampled(noise(seed + 10, 3000)))).flat()
    expect(found).toEqual([])
  })
})

describe('relative time', () => {
  const starts = Array.from({ length: 20 }, (_, turn) => turn * 10)
  /** The machine slows down by half on the way; both sides feel it. */
  const slowing = (seed: number, factor: number): SampledTimes =>
    sampled(noise(seed, 200).map((ns, index) => ns * factor * (1 + Math.floor(index / 10) / 40)), { block_starts: starts }) // prettier-ignore

  test('of interleaved cases is not disturbed by a drift that meets both', () => {
    const { point, low, high, confidence } = relativeTime(slowing(5, 1), slowing(6, 1.1))
    expect(point).toBeCloseTo(1.1, 2)
    expect(low).toBeLessThan(1.1)
    expect(high).toBeGreaterThan(1.1)
    expect(high - low).toBeLessThan(0.02)
    expect(confidence).toBe(0.95)
  })

  test('its intervals hold the true ratio in about 95 of 100 comparisons', () => {
    const held = Array.from({ length: 600 }, (_, run) => relativeTime(slowing(2 * run + 1, 1), slowing(2 * run + 2, 1.1))).filter(
      ({ low, high }) => low <= 1.1 && high >= 1.1,
    )
    expect((100 * held.length) / 600).toBeGreaterThanOrEqual(92)
    expect((100 * held.length) / 600).toBeLessThanOrEqual(98)
  })

  test('is the inverse the other way round', () => {
    const there = relativeTime(slowing(5, 1), slowing(6, 1.1))
    const back = relativeTime(slowing(6, 1.1), slowing(5, 1))
    expect(back.point).toBeCloseTo(1 / there.point, 10)
    expect(back.low).toBeCloseTo(1 / there.high, 10)
  })

  test('without turns compares the medians', () => {
    const { point, low, high } = relativeTime(sampled(noise(7, 300)), sampled(noise(8, 300, 2e6, 2e4)))
    expect(point).toBeCloseTo(2, 2)
    expect(low).toBeLessThan(2.01)
    expect(high).toBeGreaterThan(1.99)
    expect(high - low).toBeLessThan(0.02)
  })
})

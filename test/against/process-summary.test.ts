import { describe, expect, test } from 'vitest'
import { pairedDifference } from '../../src/against/paired-difference.ts'
import { processSummary, type ProcessSummary } from '../../src/against/process-summary.ts'
import type { LoadTimes, MeasuredCase, Measurement, SampledTimes } from '../../src/model/measured.ts'

function measured(measurement: Measurement): MeasuredCase {
  const identity = { id: 'a', operation: 'a', suite: '', name: 'a', file: 'a.bench.ts', line: 1, kind: 'function', project: '' } as const
  return { identity, state: 'measured', started_at: 0, duration_ms: 1, measurement, phases: [], resources: [], findings: [] }
}

function samples(ns_per_call: number[], batch: number, memory?: SampledTimes['memory']): SampledTimes {
  return {
    type: 'samples',
    ns_per_call,
    batch,
    calls: ns_per_call.length * batch,
    awaited: false,
    warmup: { calls: 0, ms: 0, cut_samples: 0 },
    clock_overhead_ns: 0,
    await_overhead_ns: 0,
    steady_state: 'flat',
    ...(memory ? { memory } : {}),
  }
}

const elevenMilliseconds = Array.from({ length: 11 }, (_, index) => (index + 10) * 1e6)

describe('what a process says of a case', () => {
  test('is the lower decile of its batches, with their mean', () => {
    expect(processSummary(measured(samples(elevenMilliseconds, 100)))).toEqual({
      metric: 'p10_time_ms',
      value: 11,
      sign: 1,
      p50_time_ms: 15,
      avg_time_ms: 15,
    })
  })

  test('is the median where a sample is one call', () => {
    expect(processSummary(measured(samples(elevenMilliseconds, 1)))).toMatchObject({ metric: 'p50_time_ms', value: 15 })
  })

  test('has the mean of all batches where only those that ran undisturbed are kept: collections make a batch long, and a long one is disturbed', () => {
    const kept = { ...samples([1e6, 1e6, 1e6, 1e6, 1e6, 1e6], 10), undisturbed: { kept: 6, of: 30, mean_ns_of_all: 1.3e6 } }
    expect(processSummary(measured(kept))).toMatchObject({ value: 1, avg_time_ms: 1.3 })
    const usual = processSummary(measured(samples([1e6, 1e6, 1e6, 1e6, 1e6, 1e6], 10)))
    const head = processSummary(measured(kept))
    expect(usual && head && pairedDifference({ base: usual, head }).guards.avg_time_ms).toBeCloseTo(Math.log(1.3))
  })

  test('has bytes and collection time where they were measured', () => {
    const memory = { bytes_per_call: 80, gc_ns_per_call: 3, gc_count: 2 }
    expect(processSummary(measured(samples([1e6], 10, memory)))).toMatchObject({ heap_bytes_per_call: 80, gc_time_ns_per_call: 3 })
  })

  test('is the median over the windows of a load, those without an answer left out', () => {
    const window = (p50_ms: number, failures = 0) => ({ at_ms: 0, requests: 10, failures, bytes: 0, p50_ms, p99_ms: 9 })
    const load = { type: 'load', mean_ms: 4, windows: [window(1), window(2), window(6), window(0, 10)] } as unknown as LoadTimes
    expect(processSummary(measured(load))).toEqual({ metric: 'p50_time_ms', value: 2, sign: 1, avg_time_ms: 4 })
  })

  test('is the geometric mean over the sizes of a scale', () => {
    const points = [1e6, 4e6].map((ns, index) => ({ n: index + 1, times: samples([ns, ns, ns], 10) }))
    expect(processSummary(measured({ type: 'scale', points }))?.value).toBeCloseTo(2)
  })

  test('is the median of a tracked number, worse when lower where more is better', () => {
    expect(processSummary(measured({ type: 'tracked', values: [0.7, 0.9, 0.8], unit: 'ratio', better: 'higher' }))).toEqual({
      metric: 'value',
      value: 0.8,
      sign: -1,
    })
  })

  test('is nothing where there is no ratio: no samples, a zero, an observation', () => {
    expect(processSummary(measured(samples([], 10)))).toBeUndefined()
    expect(processSummary(measured({ type: 'scale', points: [{ n: 1, times: samples([], 10) }] }))).toBeUndefined()
    expect(processSummary(measured({ type: 'tracked', values: [0], unit: 'n', better: 'lower' }))).toBeUndefined()
    expect(processSummary(measured({ type: 'observation', elapsed_ms: 10 }))).toBeUndefined()
  })
})

describe('the difference of a pair', () => {
  const side = (value: number, more: Partial<ProcessSummary> = {}): ProcessSummary => ({ metric: 'p10_time_ms', sign: 1, value, ...more })

  test('is the logarithm of head over base, above 0 where head is worse', () => {
    expect(pairedDifference({ base: side(2), head: side(4) })).toEqual({ main: Math.log(2), guards: {} })
    const higher = { sign: -1 } as const
    expect(pairedDifference({ base: side(2, higher), head: side(4, higher) }).main).toBeCloseTo(-Math.log(2))
  })

  test('takes collections as what they add to the time of a call, so that none at all is a number', () => {
    const pair = { base: side(1, { gc_time_ns_per_call: 0 }), head: side(1, { gc_time_ns_per_call: 1e5 }) }
    expect(pairedDifference(pair).guards.gc_time_ns_per_call).toBeCloseTo(Math.log(1.1))
  })

  test('makes nothing of a few bytes, which are the loop itself', () => {
    const pair = { base: side(1, { heap_bytes_per_call: 0 }), head: side(1, { heap_bytes_per_call: 4 }) }
    expect(pairedDifference(pair).guards.heap_bytes_per_call).toBeCloseTo(Math.log(68 / 64))
  })

  test('has only the guards that both sides have', () => {
    expect(pairedDifference({ base: side(1, { avg_time_ms: 1 }), head: side(1) }).guards).toEqual({})
  })
})

describe('a body of about one sample’s length', () => {
  test('is compared by its median where one side was timed call by call and the other in batches', () => {
    const base = processSummary(measured(samples(elevenMilliseconds, 2)))
    const head = processSummary(measured(samples(elevenMilliseconds, 1)))
    if (!base || !head) throw new Error('both sides have samples')
    expect(base.metric).not.toBe(head.metric)
    expect(pairedDifference({ base, head }).main).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { LoadTimes, LoadWindow } from '../../src/model/measured.ts'
import { mergeLoads } from '../../src/stats/merge-loads.ts'
import { recordedValues } from '../../src/stats/recorded-values.ts'

function load(values: readonly number[], windows: readonly LoadWindow[], elapsed_ms = 1000): LoadTimes {
  const histogram = build({ numberOfSignificantValueDigits: 3 })
  for (const value of values) histogram.recordValue(value)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    type: 'load',
    model: 'closed',
    histogram: encodeIntoCompressedBase64(histogram),
    min_ms: Math.min(...values) / 1000,
    max_ms: Math.max(...values) / 1000,
    mean_ms: mean / 1000,
    stddev_ms: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) / 1000,
    elapsed_ms,
    requests: values.length,
    planned: values.length,
    dropped: 0,
    late: 0,
    failures: { status: 1, check: 0, timeout: 0, connection: 0, protocol: 0 },
    first_failures: [],
    bytes_received: 100,
    body_bytes_received: 50,
    bytes_sent: 10,
    connections: { opened: 1, reused: 2, connect_ms: 3, tls_ms: 0, wait_ms: 0 },
    windows,
    steps: {},
    ceiling: { verdict: 'server', reason: '' },
    generator: { cpu_percent: 50, event_loop_utilization: 0.5 },
  }
}
const window = (at_ms: number, requests: number): LoadWindow => ({ at_ms, requests, failures: 0, bytes: 10, p50_ms: 1, p99_ms: 2 })

describe('several loads as one', () => {
  const one = load([100, 200], [window(0, 2)])
  const other = load([300, 400, 500], [window(0, 3)], 2000)

  it('add their counts and their histograms, value by value', () => {
    const merged = mergeLoads([one, other])
    expect(merged).toMatchObject({
      requests: 5,
      elapsed_ms: 3000,
      bytes_received: 200,
      failures: { status: 2 },
      connections: { opened: 2, connect_ms: 3 },
    })
    expect(recordedValues(merged.histogram)).toEqual([100, 200, 300, 400, 500].map((value) => ({ value, count: 1 })))
  })

  it('have the mean and the deviation of all their values', () => {
    const all = load([100, 200, 300, 400, 500], [])
    expect(mergeLoads([one, other]).mean_ms).toBeCloseTo(all.mean_ms, 12)
    expect(mergeLoads([one, other]).stddev_ms).toBeCloseTo(all.stddev_ms, 12)
  })

  it('say what sent them, and that it was not the same where it was not', () => {
    const reason = 'it has no pool'
    const [over, direct] = [
      { ...one, transport: 'autocannon' } as const,
      { ...other, transport: 'direct', transport_reason: reason } as const,
    ]
    expect(mergeLoads([over, over])).toMatchObject({ transport: 'autocannon' })
    expect(mergeLoads([over, over])).not.toHaveProperty('transport_reason')
    expect(mergeLoads([direct, direct])).toMatchObject({ transport: 'direct', transport_reason: reason })
    expect(mergeLoads([over, direct, over])).toMatchObject({
      transport: 'mixed',
      transport_reason: '2 of 3 loads autocannon, 1 of 3 loads direct; it has no pool',
    })
    expect(mergeLoads([one, other])).not.toHaveProperty('transport')
  })

  it('put their windows one after the other', () => {
    expect(mergeLoads([one, other]).windows.map(({ at_ms }) => at_ms)).toEqual([0, 1000])
  })

  it('count an answer after the end in the last window that is one', () => {
    const late = load([100, 200, 300], [window(0, 2), window(1000, 1)], 1003)
    expect(mergeLoads([late]).windows).toEqual([{ ...window(0, 3), bytes: 20 }])
    expect(mergeLoads([late, late]).windows.map(({ requests }) => requests)).toEqual([3, 3])
  })

  it('keep a last window that is a whole one', () => {
    const whole = load([100, 200, 300], [window(0, 2), window(1000, 1)], 2000)
    expect(mergeLoads([whole]).windows).toEqual(whole.windows)
  })
})

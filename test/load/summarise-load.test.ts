import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { latencyHistogram, recordMilliseconds } from '../../src/load/latency-histogram.ts'
import { randomStream } from '../../src/load/random.ts'
import type { LoadTimes } from '../../src/model/measured.ts'
import { summariseLoad } from '../../src/stats/summarise-load.ts'
import { codes } from './servers.ts'

function measured(latencies: readonly number[], more: Partial<LoadTimes> = {}): LoadTimes {
  const histogram = latencyHistogram()
  for (const ms of latencies) recordMilliseconds(histogram, ms)
  const mean = latencies.reduce((sum, ms) => sum + ms, 0) / (latencies.length || 1)
  return {
    type: 'load',
    model: 'closed',
    histogram: encodeIntoCompressedBase64(histogram),
    min_ms: Math.min(...latencies),
    max_ms: Math.max(...latencies),
    mean_ms: mean,
    stddev_ms: Math.sqrt(latencies.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / Math.max(1, latencies.length - 1)),
    elapsed_ms: 10_000,
    requests: latencies.length,
    planned: latencies.length,
    dropped: 0,
    late: 0,
    failures: { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0 },
    first_failures: [],
    bytes_received: latencies.length * 300,
    body_bytes_received: latencies.length * 100,
    bytes_sent: latencies.length * 50,
    connections: { opened: 10, reused: 0, connect_ms: 1, tls_ms: 0, wait_ms: 0.5 },
    windows: [],
    steps: {},
    ceiling: { verdict: 'server', reason: 'the generator waited for answers' },
    generator: { cpu_percent: 10, event_loop_utilization: 0.1 },
    ...more,
  }
}

describe('a load in numbers', () => {
  test('has every metric of the books', () => {
    const { metrics } = summariseLoad(measured(Array.from({ length: 1000 }, (_, k) => k + 1)))
    expect(metrics).toMatchObject({
      avg_time_ms: 500.5,
      min_time_ms: 1,
      max_time_ms: 1000,
      ops_per_second: 100,
      requests_per_second: 100,
      bytes_per_second: 30_000,
      bytes_per_request: 300,
      header_bytes_per_request: 200,
      body_bytes_per_request: 100,
      success_rate: 100,
      error_count: 0,
      connections_opened: 10,
      connection_wait_ms: 0.5,
    })
    // The histogram keeps three digits.
    for (const [name, wanted] of Object.entries({
      p50_time_ms: 500,
      p75_time_ms: 750,
      p95_time_ms: 950,
      p99_time_ms: 990,
      p999_time_ms: 999,
    })) {
      expect(Math.abs(metrics[name]! - wanted) / wanted).toBeLessThan(0.001)
    }
  })

  test('gives each percentile an interval that holds the truth 95 times of 100', () => {
    const random = randomStream(7, 0)
    const runs = 400
    const held = { p50_time_ms: 0, p90_time_ms: 0, p99_time_ms: 0 }
    const truth = { p50_time_ms: Math.LN2, p90_time_ms: Math.LN10, p99_time_ms: 2 * Math.LN10 }
    for (let run = 0; run < runs; run += 1) {
      const { estimates } = summariseLoad(measured(Array.from({ length: 1000 }, () => -Math.log(1 - random()))))
      for (const name of Object.keys(held) as (keyof typeof held)[]) {
        const { low, high } = estimates[name]!
        if (low <= truth[name] && truth[name] <= high) held[name] += 1
      }
    }
    for (const count of Object.values(held)) {
      expect(count / runs).toBeGreaterThan(0.92)
      expect(count / runs).toBeLessThanOrEqual(0.99)
    }
  })

  test('says which percentiles have too few requests behind them', () => {
    const of = (count: number): string[] =>
      summariseLoad(measured(Array.from({ length: count }, (_, k) => k + 1))).findings.flatMap((one) =>
        one.code === 'few_for_tail' ? [one.facts.percentile] : [],
      )
    expect(of(298)).toEqual(['p99', 'p99.9'])
    expect(of(299)).toEqual(['p99.9'])
    expect(of(2995)).toEqual([])
    expect(summariseLoad(measured([1, 2, 3])).estimates).not.toHaveProperty('p99_time_ms')
  })

  test('has no latencies where there was no answer, and says what failed', () => {
    const failures = { status: 0, check: 0, timeout: 0, connection: 7, protocol: 1 }
    const first_failures = [{ kind: 'connection', at_ms: 1, message: 'ECONNREFUSED' }] as const
    const { metrics, estimates, findings } = summariseLoad(measured([], { requests: 8, failures, first_failures, min_ms: 0, max_ms: 0 }))
    expect(metrics).not.toHaveProperty('p50_time_ms')
    expect(metrics).not.toHaveProperty('bytes_per_request')
    expect(metrics).toMatchObject({ success_rate: 0, error_count: 8, connection_error_count: 8, requests_per_second: 0 })
    expect(estimates['success_rate']?.high).toBeGreaterThan(0)
    expect(findings).toContainEqual({ code: 'failed_requests', facts: { failed: 8, total: 8, first: 'ECONNREFUSED' } })
  })

  test('carries a finding where the generator was the limit, or the rate was missed', () => {
    const ceiling = { verdict: 'generator', reason: 'busy' } as const
    const slow = measured([1], { ceiling, wanted_rate: 50, dropped: 3, model: 'open' })
    expect(codes(summariseLoad(slow).findings)).toEqual(expect.arrayContaining(['generator_ceiling', 'rate_missed', 'dropped_requests']))
  })

  test('takes the interval of a rate from its windows', () => {
    const window = (at_ms: number, requests: number) => ({ at_ms, requests, failures: 0, bytes: 0, p50_ms: 1, p99_ms: 1 })
    const latencies = Array.from({ length: 1000 }, () => 1)
    const even = summariseLoad(measured(latencies, { windows: [window(0, 100), window(1000, 100), window(2000, 100), window(3000, 100)] }))
    const uneven = summariseLoad(measured(latencies, { windows: [window(0, 50), window(1000, 150), window(2000, 60), window(3000, 140)] }))
    expect(even.estimates['requests_per_second']).toEqual({ point: 100, low: 100, high: 100, confidence: 0.95 })
    expect(uneven.estimates['requests_per_second']!.low).toBeLessThan(50)
  })
})

import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { latencyHistogram, recordMilliseconds } from '../../src/load/latency-histogram.ts'
import { Windows } from '../../src/load/windows.ts'

test('a window without an answer has no latency, and one with answers has', () => {
  const windows = new Windows(5000)
  windows.add(100, 10, 50)
  windows.fail(1500)
  windows.add(2500, 20, 50)
  expect(windows.close(3000)).toEqual([
    { at_ms: 0, requests: 1, failures: 0, bytes: 50, p50_ms: expect.closeTo(10, 1), p99_ms: expect.closeTo(10, 1) },
    { at_ms: 1000, requests: 0, failures: 1, bytes: 0 },
    { at_ms: 2000, requests: 1, failures: 0, bytes: 50, p50_ms: expect.closeTo(20, 1), p99_ms: expect.closeTo(20, 1) },
  ])
})

test('windows of three seconds keep their latencies, which add up to those of the load', () => {
  const windows = new Windows(300_000)
  const whole = latencyHistogram()
  for (let at = 0; at < 9000; at += 10) {
    const ms = 1 + (at % 700) / 10
    windows.add(at, ms, 100)
    recordMilliseconds(whole, ms)
  }
  const written = windows.close(9000)
  expect(written.map(({ at_ms, requests }) => [at_ms, requests])).toEqual([
    [0, 300],
    [3000, 300],
    [6000, 300],
  ])
  const sum = latencyHistogram()
  for (const { histogram } of written) sum.add(decodeFromCompressedBase64(histogram ?? ''))
  expect(sum.totalCount).toBe(900)
  for (const percentile of [1, 50, 99, 100]) expect(sum.getValueAtPercentile(percentile)).toBe(whole.getValueAtPercentile(percentile))
})

test('shorter windows, and those without an answer, keep none', () => {
  const short = new Windows(299_000)
  short.add(10, 1, 100)
  expect(short.close(2000)[0]).not.toHaveProperty('histogram')
  const silent = new Windows(300_000)
  silent.add(10, undefined, 0)
  expect(silent.close(3000)[0]).toEqual({ at_ms: 0, requests: 1, failures: 0, bytes: 0 })
})

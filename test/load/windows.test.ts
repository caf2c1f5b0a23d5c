import { expect, test } from 'vitest'
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

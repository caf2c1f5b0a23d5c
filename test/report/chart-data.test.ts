import { expect, test } from 'vitest'
import { windowPoints } from '../../src/report/chart-data.ts'

test('a window without an answer is a gap in the latencies, and none in the rate', () => {
  const answered = { requests: 5, failures: 0, bytes: 100, p50_ms: 2, p99_ms: 3 }
  const silent = { requests: 0, failures: 5, bytes: 0 }
  const points = windowPoints([{ at_ms: 0, ...answered }, { at_ms: 1000, ...silent }, { at_ms: 2000, ...answered }], 3000) // prettier-ignore
  expect(points.map(({ per_second }) => per_second)).toEqual([5, 0, 5])
  expect(points.map(({ p50_ms }) => p50_ms)).toEqual([2, Number.NaN, 2])
  expect(points.map(({ p99_ms }) => p99_ms)).toEqual([3, Number.NaN, 3])
})

import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { timeQuantiles } from '../../src/stats/time-quantiles.ts'
import { loaded, sampled } from '../report/run-builder.ts'

describe('the times of a case at whole percents', () => {
  test('are the samples at or below which so many are', () => {
    // 200 samples of 1 to 200 ms, in no order.
    const ns_per_call = Array.from({ length: 200 }, (_, at) => (((at * 77) % 200) + 1) * 1e6)
    const quantiles = timeQuantiles({ ...sampled(1e6), ns_per_call })
    expect(quantiles).toHaveLength(101)
    expect([0, 1, 7, 50, 99, 100].map((percent) => quantiles?.[percent])).toEqual([1, 2, 14, 100, 198, 200])
  })

  test('come out of a histogram as its own percentiles', () => {
    const histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 })
    for (let at = 1; at <= 1000; at++) histogram.recordValue(at * 100)
    const quantiles = timeQuantiles(loaded(2, 5000, { histogram: encodeIntoCompressedBase64(histogram) }))
    const own = [1, 25, 50, 90, 100].map((percent) => Number((histogram.getValueAtPercentile(percent) / 1000).toPrecision(5)))
    expect([1, 25, 50, 90, 100].map((percent) => quantiles?.[percent])).toEqual(own)
  })

  test('are not told of a single time', () => {
    expect(timeQuantiles({ ...sampled(1e6), ns_per_call: [1e6] })).toBeUndefined()
  })
})

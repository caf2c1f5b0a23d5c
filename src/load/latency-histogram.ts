import { build } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'

/** One hour, in microseconds: no request may take longer. */
const longest = 3_600_000_000

/** Microseconds with three significant digits: values are kept within 0.1 %. Equal settings everywhere, so that histograms merge exactly. */
export function latencyHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: longest,
    numberOfSignificantValueDigits: 3,
  })
}

export function recordMilliseconds(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.min(longest, Math.round(ms * 1000)))
}

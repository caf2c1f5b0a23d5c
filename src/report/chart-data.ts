import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { LoadWindow, Measurement, SampledTimes } from '../model/measured.ts'
import type { Milliseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'

/** Share of the values at or below x, and the value at each percentile; times in milliseconds. */
export interface Distribution {
  readonly n: number
  readonly ecdf: readonly { readonly x: Milliseconds; readonly share: number }[]
  readonly percentiles: readonly { readonly percentile: number; readonly x: Milliseconds }[]
}

const shares = Array.from({ length: 201 }, (_, at) => at / 200)
const tail = [
  0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.25, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999,
]

/** What a case's times look like; null where it has none, or a stored histogram cannot be decoded. */
export function distributionOf(measurement: Measurement): Distribution | null {
  switch (measurement.type) {
    case 'samples':
      return ofSamples(measurement)
    case 'load':
      return ofHistogram(measurement.histogram)
    case 'tracked':
    case 'scale':
    case 'levels':
    case 'capacity':
    case 'observation':
      return null
  }
}

function ofSamples({ ns_per_call }: SampledTimes): Distribution | null {
  const sorted = ns_per_call.map((ns) => ns / nanosecondsPerMillisecond).sort((a, b) => a - b)
  return distribution(sorted.length, (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
}

function ofHistogram(encoded: string): Distribution | null {
  try {
    const histogram = decodeFromCompressedBase64(encoded)
    return distribution(histogram.totalCount, (share) => histogram.getValueAtPercentile(share * 100) / 1000)
  } catch {
    // A report of the other figures is worth more than none: the chart is left out.
    return null
  }
}

function distribution(n: number, quantile: (share: number) => number): Distribution | null {
  if (n < 2) return null
  // Beyond 1 - 1/n there is one value only: a curve would draw what was never seen.
  const seen = tail.filter((percentile) => percentile <= 100 * (1 - 1 / n))
  return {
    n,
    ecdf: shares.map((share) => ({ x: quantile(share), share })),
    percentiles: seen.map((percentile) => ({ percentile, x: quantile(percentile / 100) })),
  }
}

export interface WindowPoint {
  readonly at_ms: Milliseconds
  readonly per_second: number
  readonly failures: number
  readonly p50_ms: Milliseconds
  readonly p99_ms: Milliseconds
}

/** At most so many points a chart; more would only be drawn over each other. */
const mostPoints = 300

/** Windows of a load as rates. The last one is left out where it is cut short. */
export function windowPoints(windows: readonly LoadWindow[], elapsedMs: Milliseconds): WindowPoint[] {
  const step = (windows[1]?.at_ms ?? Number.NaN) - (windows[0]?.at_ms ?? Number.NaN)
  if (!(step > 0)) return []
  const whole = windows.filter(({ at_ms }) => at_ms - (windows[0]?.at_ms ?? 0) + step <= elapsedMs + 1)
  const every = Math.ceil(whole.length / mostPoints)
  return whole
    .filter((_, at) => at % every === 0)
    .map(({ at_ms, requests, failures, p50_ms, p99_ms }) => ({ at_ms, per_second: (requests * 1000) / step, failures, p50_ms, p99_ms }))
}

/** Median time per call at each size of a scale case, and the power law through them. */
export interface Scaling {
  readonly points: readonly { readonly n: number; readonly ms: Milliseconds }[]
  readonly exponent: number | null
}

export function scalingOf(measurement: Measurement, exponent: number | undefined): Scaling | null {
  if (measurement.type !== 'scale') return null
  const points = measurement.points
    .map(({ n, times }) => ({ n, ms: median(times.ns_per_call) / nanosecondsPerMillisecond }))
    .filter(({ n, ms }) => n > 0 && ms > 0)
  return points.length < 2 ? null : { points, exponent: exponent !== undefined && Number.isFinite(exponent) ? exponent : null }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

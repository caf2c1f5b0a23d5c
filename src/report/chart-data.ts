import type { LoadWindow, Measurement, SampledTimes } from '../model/measured.ts'
import type { Milliseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { type Counted, recordedValues } from '../stats/recorded-values.ts'

/** The times of a case by their share: 0 is the shortest, 1 the longest. */
export interface Distribution {
  readonly n: number
  readonly quantile: (share: number) => Milliseconds
}

/** What a case's times look like; null where it has none, or a stored histogram cannot be decoded. */
export function distributionOf(measurement: Measurement): Distribution | null {
  switch (measurement.type) {
    case 'samples':
      return ofSamples(measurement)
    case 'load':
      return ofHistogram(measurement.histogram)
    case 'tracked':
    case 'scale':
    case 'reported':
    case 'levels':
    case 'capacity':
    case 'observation':
      return null
  }
}

function ofSamples({ ns_per_call }: SampledTimes): Distribution | null {
  const sorted = Float64Array.from(ns_per_call).sort()
  const quantile = (share: number): number =>
    (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN) / nanosecondsPerMillisecond
  return sorted.length < 2 ? null : { n: sorted.length, quantile }
}

function ofHistogram(encoded: string): Distribution | null {
  const recorded = decoded(encoded)
  // Gone through once: the library's own percentile walks through all of its buckets each time.
  const reached: number[] = []
  let n = 0
  for (const { count } of recorded) reached.push((n += count))
  const quantile = (share: number): number => (recorded[firstAtLeast(reached, share * n)]?.value ?? Number.NaN) / 1000
  return n < 2 ? null : { n, quantile }
}

function decoded(encoded: string): readonly Counted[] {
  try {
    return recordedValues(encoded)
  } catch {
    // A report of the other figures is worth more than none: the chart is left out.
    return []
  }
}

/** Place of the first of ascending numbers that is not below `wanted`, by halves; the last where none is. */
function firstAtLeast(ascending: readonly number[], wanted: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    // A product such as 0.07 * 100 is a little above what it should be.
    if ((ascending[middle] ?? 0) + 1e-6 < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The same of even shares from 0 to 1, as a comparison keeps them of its base; between two of them on a straight line. */
export function distributionThrough(quantiles: readonly Milliseconds[]): Distribution | null {
  if (quantiles.length < 2) return null
  const quantile = (share: number): number => {
    const at = Math.min(1, Math.max(0, share)) * (quantiles.length - 1)
    const below = quantiles[Math.floor(at + 1e-9)] ?? Number.NaN
    const above = quantiles[Math.ceil(at - 1e-9)] ?? Number.NaN
    return below + (above - below) * (at - Math.floor(at + 1e-9))
  }
  return { n: quantiles.length, quantile }
}

export interface WindowPoint {
  readonly at_ms: Milliseconds
  readonly per_second: number
  readonly failures: number
  /** NaN, as `p99_ms`, where there was no answer: a gap. */
  readonly p50_ms: Milliseconds
  readonly p99_ms: Milliseconds
}

/** Windows of a load as rates. The last one is left out where it is cut short. */
export function windowPoints(windows: readonly LoadWindow[], elapsedMs: Milliseconds): WindowPoint[] {
  const step = (windows[1]?.at_ms ?? Number.NaN) - (windows[0]?.at_ms ?? Number.NaN)
  if (!(step > 0)) return []
  const whole = windows.filter(({ at_ms }) => at_ms - (windows[0]?.at_ms ?? 0) + step <= elapsedMs + 1)
  return whole.map(({ at_ms, requests, failures, p50_ms = Number.NaN, p99_ms = Number.NaN }) => ({ at_ms, per_second: (requests * 1000) / step, failures, p50_ms, p99_ms })) // prettier-ignore
}

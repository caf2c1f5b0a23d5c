import { quantileSorted, sampleStandardDeviation } from 'simple-statistics'
import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import type { SampledTimes } from '../model/measured.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { meanInterval } from './mean-interval.ts'
import { quantileInterval } from './quantile-interval.ts'
import { samplesFindings } from './samples-findings.ts'

const percentiles = { p10: 0.1, p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const

export interface SamplesSummary {
  readonly metrics: Record<string, number>
  /** 95 % intervals, where enough samples stand behind one. Minimum, maximum and deviation have none. */
  readonly estimates: Record<string, Estimate>
  readonly findings: Finding[]
}

/**
 * Metrics of a function case. Times are in milliseconds per call; a quantile is one of samples (batches of calls), so a rare
 * slow call inside a batch is in the mean and not in p99. `ops_per_second` is calls per second of body time: 1 / mean.
 */
export function summariseSamples(measured: SampledTimes): SamplesSummary {
  const times = measured.ns_per_call.map((ns) => ns / nanosecondsPerMillisecond)
  const sorted = times.toSorted((a, b) => a - b)
  const shortest = sorted[0]
  const longest = sorted.at(-1)
  if (shortest === undefined || longest === undefined) return { metrics: {}, estimates: {}, findings: [] }

  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  const metrics: Record<string, number> = {
    avg_time_ms: average,
    min_time_ms: shortest,
    max_time_ms: longest,
    stddev_time_ms: times.length > 1 ? sampleStandardDeviation(times) : 0,
  }
  const estimates: Record<string, Estimate> = {}
  for (const [name, p] of Object.entries(percentiles)) {
    metrics[`${name}_time_ms`] = quantileSorted(sorted, p)
    const interval = quantileInterval(times, p)
    if (interval) estimates[`${name}_time_ms`] = interval
  }
  if (average > 0) metrics['ops_per_second'] = 1e3 / average
  const mean = meanInterval(times)
  if (mean) estimates['avg_time_ms'] = { ...mean, low: Math.max(0, mean.low) }
  if (mean && mean.low > 0) estimates['ops_per_second'] = perSecond(mean)
  if (measured.memory) {
    metrics['heap_bytes_per_call'] = measured.memory.bytes_per_call
    metrics['gc_time_ns_per_call'] = measured.memory.gc_ns_per_call
  }
  return { metrics, estimates, findings: samplesFindings(measured) }
}

function perSecond({ point, low, high, confidence }: Estimate): Estimate {
  return { point: 1e3 / point, low: 1e3 / high, high: 1e3 / low, confidence }
}

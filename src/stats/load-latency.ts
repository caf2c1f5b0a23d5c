import type { Histogram } from 'hdr-histogram-js'
import type { Estimate } from '../model/estimate.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { MetricName } from '../model/metric-catalogue.ts'
import { normalQuantile } from './normal-quantile.ts'
import { orderRanks } from './order-ranks.ts'
import type { Bounds } from './signed-rank.ts'

const confidence = 0.95
const alpha = (1 - confidence) / 2
const microsecondsPerMillisecond = 1000
/** From so many requests on, the normal ranks are within a fraction of a rank of the binomial ones, and far cheaper. */
const many = 10_000

const percentiles = [
  ['p50_time_ms', 0.5],
  ['p75_time_ms', 0.75],
  ['p90_time_ms', 0.9],
  ['p95_time_ms', 0.95],
  ['p99_time_ms', 0.99],
  ['p999_time_ms', 0.999],
] as const satisfies readonly (readonly [MetricName, number])[]

export interface LoadFigures {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
}

/** Latencies of a load. Without an answer there are none: the metrics are left out, they are not 0. */
export function loadLatency(load: LoadTimes, histogram: Histogram): LoadFigures {
  const count = histogram.totalCount
  if (count === 0) return { metrics: {}, estimates: {} }
  const margin = (normalQuantile(1 - alpha) * load.stddev_ms) / Math.sqrt(count)
  const metrics: Record<string, number> = {
    avg_time_ms: load.mean_ms,
    min_time_ms: load.min_ms,
    max_time_ms: load.max_ms,
    stddev_time_ms: load.stddev_ms,
  }
  const estimates: Record<string, Estimate> = {}
  if (count > 1)
    estimates['avg_time_ms'] = { point: load.mean_ms, low: Math.max(0, load.mean_ms - margin), high: load.mean_ms + margin, confidence }
  // The histogram is exact to 0.1 %; the extremes are known exactly.
  const at = (rank: number): number => {
    const ms = histogram.getValueAtPercentile((100 * Math.min(count, Math.max(1, rank))) / count) / microsecondsPerMillisecond
    return Math.min(load.max_ms, Math.max(load.min_ms, ms))
  }
  for (const [name, share] of percentiles) {
    const point = at(Math.ceil(count * share))
    metrics[name] = point
    const ranks = ranksOf(count, share)
    if (ranks)
      estimates[name] = {
        point,
        low: Math.min(point, at(Math.floor(ranks.low))),
        high: Math.max(point, at(Math.ceil(ranks.high))),
        confidence,
      }
  }
  return { metrics, estimates }
}

/** Ranks of order statistics around a quantile: binomial, or for many requests n q -+ z sqrt(n q (1 - q)) (Conover 1999, 3.2). */
function ranksOf(count: number, share: number): Bounds | undefined {
  if (count < many) return orderRanks(count, share, alpha)
  const spread = normalQuantile(1 - alpha) * Math.sqrt(count * share * (1 - share))
  const high = count * share + spread + 1
  return high > count ? undefined : { low: count * share - spread, high }
}

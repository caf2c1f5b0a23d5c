import { metricDefinition } from '../model/metric-catalogue.ts'
import type { Compared, SummarisedCase } from '../model/run.ts'
import { none, quantity, range, spread } from './format.ts'
import { plain } from './plain-text.ts'

export interface MetricText {
  readonly name: string
  readonly value: string
  /** `1.20 – 1.26 ms`, or a dash. */
  readonly interval: string
  readonly meaning: string
}

/** `<id>.<metric>` in its parts. Ids have no dot. */
export function splitMetric(full: string): { readonly id: string; readonly metric: string } {
  const dot = full.lastIndexOf('.')
  return dot < 0 ? { id: '', metric: full } : { id: full.slice(0, dot), metric: full.slice(dot + 1) }
}

export function unitOf(metric: string, one?: Compared): string {
  const own = one?.state === 'measured' && Object.hasOwn(one.own_metrics, metric) ? one.own_metrics[metric] : undefined
  if (own) return own.unit === 'count' || own.unit === 'ratio' ? own.unit : plain(own.unit, 20)
  return metricDefinition(metric)?.unit ?? 'n'
}

export function valueText(one: Compared, metric: string): string {
  if (one.state !== 'measured' || !Object.hasOwn(one.metrics, metric)) return none
  return quantity(one.metrics[metric] ?? Number.NaN, unitOf(metric, one))
}

/** `±2.4 %`, or nothing where there is no interval. */
export function spreadText(one: SummarisedCase, metric: string): string {
  const estimate = Object.hasOwn(one.estimates, metric) ? one.estimates[metric] : undefined
  return estimate ? spread(estimate.point, estimate.low, estimate.high) : ''
}

export function intervalText(one: SummarisedCase, metric: string): string {
  const estimate = Object.hasOwn(one.estimates, metric) ? one.estimates[metric] : undefined
  return estimate ? range(estimate.low, estimate.high, unitOf(metric, one)) : none
}

/** Metrics of a case in words: all of them, or those named. */
export function metricTexts(one: SummarisedCase, names: readonly string[] = Object.keys(one.metrics)): MetricText[] {
  return names.map((name) => ({
    name: plain(name, 60),
    value: valueText(one, name),
    interval: intervalText(one, name),
    meaning: metricDefinition(name)?.meaning ?? 'A metric of this project.',
  }))
}

const keyMetrics = [
  'value', 'scaling_exponent', 'memory_exponent', 'capacity_rps', 'knee_concurrency', 'peak_requests_per_second', 'avg_time_ms', 'p50_time_ms', 'p95_time_ms', 'p99_time_ms', 'requests_per_second',
  'ops_per_second', 'success_rate', 'heap_bytes_per_call', 'cpu_percent', 'memory_mb', 'event_loop_delay_p99_ms', 'startup_time_ms',
  'leak_mb_per_minute',
] // prettier-ignore

/** The figures that a case is told by. They are written when its page is: of ten thousand cases, none is kept in words. */
export function keyFigures(one: Compared): MetricText[] {
  if (one.state !== 'measured') return []
  const has = (name: string): boolean => Object.hasOwn(one.metrics, name)
  const names = keyMetrics.filter((name) => has(name) && (name !== 'ops_per_second' || !has('requests_per_second')))
  return metricTexts(one, names.slice(0, 10))
}

/** "Slower" and "faster" fit times and rates; what else changed got worse or better. */
export const isSpeed = (metric: string): boolean => /_time_ms$|per_second$/.test(metric)

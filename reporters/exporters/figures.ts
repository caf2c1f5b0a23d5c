import { metricDefinition } from '../../src/model/metric-catalogue.ts'
import type { Run, SummarisedCase } from '../../src/model/run.ts'
import type { Better } from '../../src/model/spec.ts'

/** One number of one case, with everything that other tools ask for. */
export interface Figure {
  readonly of: SummarisedCase
  readonly metric: string
  readonly value: number
  /** Of the catalogue, or the free text of `bench.track` and own samplers. */
  readonly unit: string
  readonly better: Better
  /** Bounds of the interval, where there is one. */
  readonly interval?: { readonly low: number; readonly high: number; readonly confidence: number }
}

export const measuredCases = ({ cases }: Run): SummarisedCase[] => cases.filter((one) => one.state === 'measured')

/** Every number of a case that was measured; what was not measured is not there. */
export function figuresOf(one: SummarisedCase): Figure[] {
  return Object.entries(one.metrics).flatMap(([metric, value]) => {
    if (!Number.isFinite(value)) return []
    const own = Object.hasOwn(one.own_metrics, metric) ? one.own_metrics[metric] : metricDefinition(metric)
    const estimate = Object.hasOwn(one.estimates, metric) ? one.estimates[metric] : undefined
    const bounded = estimate && Number.isFinite(estimate.low) && Number.isFinite(estimate.high)
    const { unit = 'n', better = 'lower' } = own ?? {}
    return [{ of: one, metric, value, unit, better, ...(bounded && { interval: estimate }) }]
  })
}

const chief: ReadonlySet<string> = new Set([
  'avg_time_ms',
  'p50_time_ms',
  'p95_time_ms',
  'p99_time_ms',
  'ops_per_second',
  'success_rate',
  'error_count',
  'heap_bytes_per_call',
  'cpu_percent',
  'memory_mb',
  'startup_time_ms',
  'scaling_exponent',
  'capacity_rps',
])

/** The few that are worth a chart of their own: a dashboard of all sixty would be read by nobody. */
export function chiefFiguresOf(one: SummarisedCase): Figure[] {
  return figuresOf(one).filter(({ metric }) => chief.has(metric) || Object.hasOwn(one.own_metrics, metric))
}

/** The name of a case for a tool without suites: unique, and the same in every run. */
export const nameOf = ({ identity }: Pick<SummarisedCase, 'identity'>): string => identity.id

import { quantileSorted } from 'simple-statistics'
import type { Measurement } from '../model/measured.ts'
import { metricDefinition } from '../model/metric-catalogue.ts'
import type { SummarisedCase } from '../model/run.ts'
import type { Better } from '../model/spec.ts'

/** A figure by which a case can be compared with its earlier runs. */
export interface Headline {
  readonly metric: string
  readonly value: number
  readonly better: Better
  /** Counters have no noise: any difference is real (STATISTICS.md §7). Bytes may still grow by the threshold. */
  readonly noise: 'noisy' | 'exact count' | 'exact bytes'
  /** Times of one suite move together when the machine does. */
  readonly is_time: boolean
}

const exactUnits: Readonly<Record<string, Headline['noise']>> = { count: 'exact count', B: 'exact bytes', bytes: 'exact bytes' }

/** In percent. Failed answers are often quick: their times are no figure, or failing would look like an improvement. */
const successWanted = 99

/** The figures of a case that runs are compared by, best first; a baseline that lacks the first is compared by the next. */
export function headlines(one: SummarisedCase): Headline[] {
  const { measurement, metrics, own_metrics } = one
  const time = (metric: string, value: number | undefined): Headline[] =>
    value !== undefined && Number.isFinite(value) && value > 0 ? [{ metric, value, better: 'lower', noise: 'noisy', is_time: true }] : []
  const named = (...names: string[]): Headline[] => names.flatMap((name) => time(name, metrics[name]))
  switch (measurement.type) {
    case 'samples':
    case 'scale':
      return [...derivedTimes(measurement).flatMap(([metric, value]) => time(metric, value)), ...named('p50_time_ms', 'avg_time_ms')]
    case 'load':
      return (metrics['success_rate'] ?? 100) < successWanted ? [] : named('p50_time_ms', 'avg_time_ms')
    // A median of whole milliseconds moves in steps; the mean of them does not.
    case 'reported':
      return (metrics['success_rate'] ?? 100) < successWanted ? [] : named('avg_time_ms')
    // The levels are cases of their own, and are compared as such; a capacity has too wide steps to be compared within percents.
    case 'levels':
    case 'capacity':
      return []
    case 'tracked': {
      const value = metrics['value']
      if (value === undefined || !Number.isFinite(value)) return []
      const { unit, better } = own_metrics['value'] ?? measurement
      // Values that differ inside one run are no exact counter, whatever their unit.
      const steady = measurement.values.every((each) => each === value) && Number.isInteger(value)
      return [{ metric: 'value', value, better, noise: (steady && exactUnits[unit]) || 'noisy', is_time: false }]
    }
    case 'observation': {
      const memory = metrics['memory_mb']
      const better = metricDefinition('memory_mb')?.better ?? 'lower'
      return memory !== undefined && memory > 0 ? [{ metric: 'memory_mb', value: memory, better, noise: 'noisy', is_time: false }] : []
    }
  }
}

/** Times that no metric of the summary holds: of batches, the lower decile (STATISTICS.md §1); of a scale, the one at its largest size. */
export function derivedTimes(measurement: Pick<Measurement, 'type'> & Partial<Measurement>): (readonly [metric: string, ms: number])[] {
  if (measurement.type === 'samples' && 'ns_per_call' in measurement) {
    const { ns_per_call = [], batch = 1 } = measurement
    // Where a sample is one call, its lower decile would be the lucky calls only.
    return batch > 1 && ns_per_call.length > 0 ? [['p10_time_ms', quantile(ns_per_call, 0.1)]] : []
  }
  if (measurement.type !== 'scale' || !('points' in measurement)) return []
  const largest = (measurement.points ?? []).toSorted((a, b) => a.n - b.n).at(-1)
  if (!largest || largest.times.ns_per_call.length === 0) return []
  return [[`time_ms_at_${largest.n}`, quantile(largest.times.ns_per_call, largest.times.batch > 1 ? 0.1 : 0.5)]]
}

function quantile(nanoseconds: readonly number[], p: number): number {
  return (
    quantileSorted(
      nanoseconds.toSorted((a, b) => a - b),
      p,
    ) / 1e6
  )
}

import type { Measurement } from '../model/measured.ts'
import { recordedValues, type Counted } from '../stats/recorded-values.ts'
import { nanosecondsPerMillisecond, type Milliseconds } from '../model/units.ts'

export interface Distribution {
  /** Milliseconds, ascending. */
  readonly values: readonly Counted[]
  readonly totalMs: Milliseconds
  readonly periodMs: Milliseconds
  /** Per second of wall time, where that is not the inverse of the latency. */
  readonly perSecond?: number
}

/** The times behind a measurement, as counted values; `undefined` for kinds that have none. */
export function distributionOf(measurement: Measurement): Distribution | undefined {
  switch (measurement.type) {
    case 'samples': {
      const values = measurement.ns_per_call
        .map((ns) => ({ value: ns / nanosecondsPerMillisecond, count: 1 }))
        .sort((a, b) => a.value - b.value)
      const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length
      return { values, totalMs: mean * measurement.calls, periodMs: mean }
    }
    case 'load': {
      const values = recordedValues(measurement.histogram).map(({ value, count }) => ({ value: value / microsecondsPerMillisecond, count }))
      if (values.length === 0) return undefined
      const perSecond = (measurement.requests / measurement.elapsed_ms) * 1000
      return { values, totalMs: measurement.elapsed_ms, periodMs: measurement.mean_ms, perSecond }
    }
    case 'tracked':
    case 'scale':
    case 'reported':
    case 'levels':
    case 'capacity':
    case 'observation':
      return undefined
  }
}

const microsecondsPerMillisecond = 1000

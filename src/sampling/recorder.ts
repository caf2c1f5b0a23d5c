import type { Series } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import { accumulators } from './aggregate.ts'
import { downsample } from './downsample.ts'
import type { SampledMetric } from './sampler.ts'

const seriesPoints = 300
/** More are thinned on the way, so that a case of a day fits in memory. */
const storedPoints = 6000

/** CPU time comes in steps of 10 ms: over a shorter stretch a rate is mostly rounding. */
const shortestRate_ms = 50

/** One metric of one process tree. */
export interface Recorder {
  push(at: Milliseconds, value: number): void
  /** What comes now is, or is not, the measured phase. */
  measured(inside: boolean): void
  /** The figure of the measured phase, or of everything where no phase was named so. */
  result(wholeRun: boolean): number | undefined
  /** Times relative to `origin`. */
  series(name: string, origin: Milliseconds): Series
}

export function record(metric: SampledMetric): Recorder {
  const whole = accumulators[metric.aggregate]()
  const phase = accumulators[metric.aggregate]()
  let inside = false
  let at_ms: number[] = []
  let values: number[] = []
  let first: number | undefined
  let last: { at: Milliseconds; value: number } | undefined
  let drawn: { at: Milliseconds; value: number } | undefined

  /** Counters are drawn as growth since the start, rates as the growth a second between two readings. */
  function shown(at: Milliseconds, value: number): number | undefined {
    first ??= value
    switch (metric.aggregate) {
      case 'total':
        return value - first
      case 'rate': {
        const since = drawn
        if (since && at - since.at < shortestRate_ms) return undefined
        drawn = { at, value }
        return since && (Math.max(0, value - since.value) / (at - since.at)) * 1000
      }
      case 'mean':
      case 'peak':
      case 'last':
        return value
    }
  }

  return {
    push(at, value) {
      whole.push(at, value)
      if (inside) phase.push(at, value)
      const point = shown(at, value)
      last = { at, value }
      if (point === undefined) return
      at_ms.push(at)
      values.push(point)
      if (at_ms.length > storedPoints) {
        const thinned = downsample({ at_ms, values }, storedPoints / 2)
        at_ms = [...thinned.at_ms]
        values = [...thinned.values]
      }
    },
    measured(now) {
      if (inside && !now) phase.interrupt()
      // A counter that was read at the border is where its phase begins.
      if (now && !inside && last && (metric.aggregate === 'total' || metric.aggregate === 'rate')) phase.push(last.at, last.value)
      inside = now
    },
    result(wholeRun) {
      if (wholeRun) return whole.result()
      const figure = phase.result()
      // A size that was not due within a short phase still has the value it had when the phase began.
      return figure ?? (metric.aggregate === 'mean' || metric.aggregate === 'peak' || metric.aggregate === 'last' ? last?.value : undefined)
    },
    series(name, origin) {
      const curve = downsample({ at_ms, values }, seriesPoints)
      return {
        metric: name,
        unit: metric.unit,
        at_ms: curve.at_ms.map((at) => Math.round((at - origin) * 10) / 10),
        values: curve.values.map((value) => Number(value.toPrecision(6))),
      }
    },
  }
}

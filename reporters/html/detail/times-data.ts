import type { Measurement } from '../../../src/model/measured.ts'
import type { SummarisedCase } from '../../../src/model/run.ts'
import { distributionOf, distributionThrough } from '../../../src/report/chart-data.ts'
import { counted, quantity } from '../../../src/report/format.ts'
import { plain } from '../../../src/report/plain-text.ts'
import type { EcdfData, PanelData, PercentilesData, SequenceData } from './case-detail.ts'
import { lastShare, tailPercentiles } from './case-detail.ts'
import type { Fineness } from './fineness.ts'
import { packThinned } from './fineness.ts'
import { pack } from './packed.ts'

/** A limit on a percentile of the case: a gate or an objective. */
export interface Limit {
  readonly percentile: number
  readonly value: number
  readonly label: string
  readonly met: boolean
}

/** What stands beside the times of a case, and whose times they are. */
export interface Base {
  readonly quantiles_ms: readonly number[]
  readonly name: string
}

/** Beyond it, whole percents of the base say nothing but its maximum: one outlier would stretch the axis. */
const lastShareOfBase = 0.99

/** How the times of a case lie: percentiles, distribution, and the order they came in. */
export function timesData(one: SummarisedCase, base: Base | undefined, limits: readonly Limit[], fineness: Fineness): PanelData[] {
  const distribution = distributionOf(one.measurement)
  const sequence = sequenceData(one.measurement, fineness)
  if (!distribution) return sequence
  const { n, quantile } = distribution
  const earlier = base ? distributionThrough(base.quantiles_ms) : null
  const named = earlier && base ? { baseName: base.name } : {}
  const steps = Math.min(fineness.steps, 400)
  // Beyond 1 - 1/n there is one value only: a curve would draw what was never seen.
  const seen = tailPercentiles.filter((percentile) => percentile <= 100 * (1 - 1 / n))
  const seenOfBase = seen.filter((percentile) => percentile <= 100 * lastShareOfBase)
  const percentiles: PercentilesData = {
    kind: 'percentiles',
    n,
    head: pack(seen.map((percentile) => quantile(percentile / 100)), steps),
    ...(earlier ? { base: pack(seenOfBase.map((percentile) => earlier.quantile(percentile / 100)), steps) } : {}),
    ...named,
    limits,
  }
  const shares = Math.min(n, fineness.points, 80)
  const places = Array.from({ length: shares + 1 }, (_, at) => (at / shares) * lastShare)
  const ecdf: EcdfData = {
    kind: 'ecdf',
    n,
    head: pack(places.map(quantile), steps),
    ...(earlier ? { base: pack(places.filter((place) => place <= lastShareOfBase).map(earlier.quantile), steps) } : {}),
    ...named,
  }
  return [percentiles, ecdf, ...sequence]
} // prettier-ignore

function sequenceData(measurement: Measurement, fineness: Fineness): SequenceData[] {
  const sequence = (values: readonly number[], rest: Pick<SequenceData, 'title' | 'note' | 'unit' | 'what'>): SequenceData[] =>
    values.length < 2 ? [] : [{ kind: 'sequence', ...rest, values: packThinned(values, fineness), count: values.length }]
  if (measurement.type === 'samples') {
    const { ns_per_call, batch, steady_state, warmup } = measurement
    const cut = warmup.cut_samples ? `, ${counted(warmup.cut_samples, 'sample')} cut as warm-up` : ''
    const overhead = measurement.await_overhead_ns > 0 ? `, of each ${quantity(measurement.await_overhead_ns, 'ns')} for awaiting` : ''
    const note = `${counted(batch, 'call')} each${overhead}, steady state: ${steady_state}${cut}`
    return sequence(ns_per_call, { title: 'Samples in time order', note, unit: 'ns', what: 'sample' })
  }
  if (measurement.type !== 'tracked') return []
  return sequence(measurement.values, { title: 'Values in time order', note: '', unit: plain(measurement.unit, 20), what: 'value' })
}

import type { MetricName } from '../model/metric-catalogue.ts'
import { metricCatalogue } from '../model/metric-catalogue.ts'
import type { Aggregation, SampledMetric } from './sampler.ts'

/** Metrics of the catalogue with the way they are folded: built-in samplers have no words of their own. */
export function catalogued<Metric extends MetricName>(
  folds: Readonly<Record<Metric, Aggregation>>,
): Readonly<Record<Metric, SampledMetric>> {
  const entries = Object.entries<Aggregation>(folds).map(([name, aggregate]) => {
    const { unit, better, meaning } = metricCatalogue[name as Metric]
    return [name, { unit, better, meaning, aggregate }] as const
  })
  return Object.fromEntries(entries) as Record<Metric, SampledMetric>
}

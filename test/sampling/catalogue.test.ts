import { expect, test } from 'vitest'
import { metricCatalogue, type MetricDefinition } from '../../src/model/metric-catalogue.ts'
import { samplers } from '../../src/sampling/registry.ts'

const named = (pairs: readonly (readonly [metric: string, sampler: string])[]): Record<string, string> => Object.fromEntries(pairs)

test('the catalogue names the sampler of each figure of processes, as the reasons of unavailable figures do', () => {
  const catalogued = Object.entries<MetricDefinition>(metricCatalogue).flatMap(([metric, { sampler }]) =>
    sampler === undefined || sampler === 'leak' ? [] : [[metric, sampler] as const],
  )
  const sampled = Object.entries(samplers).flatMap(([sampler, { metrics }]) =>
    Object.keys(metrics).map((metric) => [metric, sampler] as const),
  )
  expect(named(catalogued)).toEqual(named(sampled))
})

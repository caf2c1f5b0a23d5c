import type { Objective } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import { metricCatalogue, type MetricName } from '../model/metric-catalogue.ts'

/** Metrics that a load alone gives: no resource of a process, nothing that needs several loads. */
const metrics = Object.entries(metricCatalogue).flatMap(([name, { kinds }]) => {
  const of: readonly string[] = kinds
  return of.includes('http') && !of.includes('observe') && !of.includes('scale') ? [name] : []
})

/** Reads `'p99_time_ms < 50'`. @throws PerfError OPTION_INVALID */
export function readObjective(name: string, text: unknown): Objective {
  const [, metric = '', sign = '', limit = ''] = /^\s*(\w+)\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*$/.exec(String(text)) ?? []
  if (!metrics.includes(metric)) {
    const why =
      metric === '' ? "an objective is written 'p99_time_ms < 50'" : `a load has no metric "${metric}"; it has ${metrics.join(', ')}`
    throw new PerfError('OPTION_INVALID', `The objective ${JSON.stringify(text)} of "${name}" cannot be read: ${why}.`)
  }
  return { text: `${metric} ${sign} ${limit}`, metric: metric as MetricName, sign: sign as Objective['sign'], limit: Number(limit) }
}

export function isMet({ sign, limit }: Objective, value: number): boolean {
  switch (sign) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
  }
}

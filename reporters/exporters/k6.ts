import type { JudgedGate, Run, SummarisedCase } from '../../src/model/run.ts'
import { gateFails } from '../../src/report/failing.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { recordedValues } from '../../src/stats/recorded-values.ts'
import { measuredCases } from './figures.ts'
import { jsonText } from './json-text.ts'

/**
 * The data that k6 hands to `handleSummary`, for tools made for k6: http cases as sub-metrics by tag, `http_req_duration{case:search_api}`,
 * and all of them together. Gates that k6 could have written are its thresholds.
 */
export const k6 = {
  file: 'k6_summary.json',
  render: ({ run }) => {
    const loads = measuredCases(run).filter(isLoad)
    const metrics = Object.assign(
      {},
      ...(loads.length ? [metricsOf(loads, '', run)] : []),
      ...loads.map((one) => metricsOf([one], `{case:${one.identity.id}}`, run)),
    )
    return jsonText({
      root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: [], checks: [] },
      options: { summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'], summaryTimeUnit: '', noColor: false },
      state: { isStdOutTTY: false, isStdErrTTY: false, testRunDurationMs: run.duration_ms },
      metrics,
    })
  },
} satisfies Reporter

type Load = SummarisedCase & { readonly measurement: { readonly type: 'load' } }
const isLoad = (one: SummarisedCase): one is Load => one.measurement.type === 'load'

interface Metric {
  readonly type: 'trend' | 'counter' | 'rate'
  readonly contains: 'time' | 'default' | 'data'
  readonly values: Readonly<Record<string, number>>
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
}

function metricsOf(loads: readonly Load[], tag: string, run: Run): Record<string, Metric> {
  const total = (of: (one: Load) => number): number => loads.reduce((sum, one) => sum + of(one), 0)
  const seconds = total(({ measurement }) => measurement.elapsed_ms) / 1000
  const requests = total(({ measurement }) => measurement.requests)
  const failed = total(({ measurement }) => Object.values(measurement.failures).reduce((sum, count) => sum + count, 0))
  const counter = (count: number, contains: Metric['contains']): Metric => ({
    type: 'counter',
    contains,
    values: { count, rate: seconds > 0 ? count / seconds : 0 },
  })
  const [only] = loads
  const gates = tag === '' || !only ? [] : run.gates.filter(({ metric }) => metric.startsWith(`${only.identity.id}.`))
  const latency = trendOf(loads)
  return {
    ...(latency && {
      [`http_req_duration${tag}`]: {
        type: 'trend' as const,
        contains: 'time' as const,
        values: latency,
        ...thresholds(gates, durations, run),
      },
    }),
    [`http_reqs${tag}`]: { ...counter(requests, 'default'), ...thresholds(gates, rates, run) },
    [`http_req_failed${tag}`]: {
      type: 'rate',
      contains: 'default',
      // For k6, a request that failed "passes" the question whether it failed.
      values: { rate: requests > 0 ? failed / requests : 0, passes: failed, fails: requests - failed },
      ...thresholds(gates, shares, run),
    },
    [`data_received${tag}`]: counter(
      total(({ measurement }) => measurement.bytes_received),
      'data',
    ),
    [`data_sent${tag}`]: counter(
      total(({ measurement }) => measurement.bytes_sent),
      'data',
    ),
  }
}

/** Of all requests together: histograms add up exactly, percentiles would not. */
function trendOf(loads: readonly Load[]): Record<string, number> | undefined {
  const counts = new Map<number, number>()
  for (const { measurement } of loads) {
    for (const { value, count } of recordedValues(measurement.histogram)) counts.set(value, (counts.get(value) ?? 0) + count)
  }
  const recorded = [...counts].toSorted(([a], [b]) => a - b)
  const total = recorded.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return undefined
  const quantile = (p: number): number => {
    let seen = 0
    return (recorded.find(([, count]) => (seen += count) >= p * total)?.[0] ?? 0) / 1000
  }
  const means = loads.map(({ measurement }) => ({
    ms: measurement.mean_ms,
    weight: recordedValues(measurement.histogram).reduce((sum, { count }) => sum + count, 0),
  }))
  return {
    avg: means.reduce((sum, { ms, weight }) => sum + ms * weight, 0) / total,
    min: Math.min(...loads.map(({ measurement }) => measurement.min_ms)),
    med: quantile(0.5),
    max: Math.max(...loads.map(({ measurement }) => measurement.max_ms)),
    'p(90)': quantile(0.9),
    'p(95)': quantile(0.95),
  }
}

type Expression = (threshold: number, sign: string) => string | undefined
const signs = { LessThan: '<', LessThanOrEqual: '<=', GreaterThan: '>', GreaterThanOrEqual: '>=', Equal: '==' } as const
const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' }
const trend =
  (name: string): Expression =>
  (threshold, sign) =>
    `${name}${sign}${threshold}`
const durations: Readonly<Record<string, Expression>> = {
  avg_time_ms: trend('avg'),
  min_time_ms: trend('min'),
  max_time_ms: trend('max'),
  p50_time_ms: trend('med'),
  p90_time_ms: trend('p(90)'),
  p95_time_ms: trend('p(95)'),
  p99_time_ms: trend('p(99)'),
}
const rates: Readonly<Record<string, Expression>> = { requests_per_second: trend('rate'), ops_per_second: trend('rate') }
const shares: Readonly<Record<string, Expression>> = {
  success_rate: (threshold, sign) => `rate${mirrored[sign]}${Number((1 - threshold / 100).toPrecision(12))}`,
}

/** For k6 a threshold holds or fails the run: a gate that did neither, a warning or one left undecided, is none. */
function thresholds(gates: readonly JudgedGate[], known: Readonly<Record<string, Expression>>, run: Run): Pick<Metric, 'thresholds'> {
  const own = gates.flatMap((gate) => {
    const { metric, operator, threshold, outcome } = gate
    const expression = known[metric.slice(metric.lastIndexOf('.') + 1)]?.(threshold, signs[operator])
    const ok = outcome === 'passed'
    return expression === undefined || (!ok && !gateFails(gate, run)) ? [] : [[expression, { ok }] as const]
  })
  return own.length === 0 ? {} : { thresholds: Object.fromEntries(own) }
}

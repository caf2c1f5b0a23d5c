import { quantileSorted } from 'simple-statistics'
import type { Run, SummarisedCase } from '../../src/model/run.ts'
import { recordedValues } from '../../src/stats/recorded-values.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { jsonText } from './json-text.ts'
import { measuredCases } from './figures.ts'

/**
 * What `vitest bench --outputJson` wrote until Vitest 4, for tools that read it. Times are milliseconds. Cases without times are left out,
 * as are fields that cannot be had from our samples.
 */
export const vitest4 = {
  file: 'vitest4_bench.json',
  render: ({ run }) => jsonText({ files: filesOf(run) }),
} satisfies Reporter

function filesOf(run: Run): Record<string, unknown>[] {
  const timed = measuredCases(run).filter(({ measurement }) => measurement.type === 'samples' || measurement.type === 'load')
  const files = Map.groupBy(timed, ({ identity }) => identity.file)
  return [...files].map(([filepath, cases]) => ({
    filepath,
    groups: [...Map.groupBy(cases, ({ identity }) => identity.suite)].map(([suite, own]) => ({
      fullName: [filepath, suite].filter(Boolean).join(' > '),
      benchmarks: ranked(own).map((one, index) => benchmarkOf(one, index + 1)),
    })),
  }))
}

const mean = ({ metrics }: SummarisedCase): number => metrics['avg_time_ms'] ?? Number.POSITIVE_INFINITY
const ranked = (cases: readonly SummarisedCase[]): SummarisedCase[] => cases.toSorted((a, b) => mean(a) - mean(b))

function benchmarkOf(one: SummarisedCase, rank: number): Record<string, unknown> {
  const { metrics, estimates, identity } = one
  const { quantile, sampleCount, totalTime } = timesOf(one)
  const sd = metrics['stddev_time_ms']
  const average = metrics['avg_time_ms']
  const interval = estimates['avg_time_ms']
  const moe = interval && (interval.high - interval.low) / 2
  const hz = metrics['ops_per_second']
  return {
    id: identity.id,
    name: identity.name,
    rank,
    samples: [],
    sampleCount,
    totalTime,
    min: metrics['min_time_ms'],
    max: metrics['max_time_ms'],
    hz,
    period: average,
    mean: average,
    median: metrics['p50_time_ms'],
    ...(sd !== undefined && { sd, variance: sd ** 2, sem: sd / Math.sqrt(sampleCount) }),
    df: sampleCount - 1,
    ...(moe !== undefined && average !== undefined && { moe, rme: (moe / average) * 100 }),
    p75: metrics['p75_time_ms'],
    p99: metrics['p99_time_ms'],
    p995: quantile(0.995),
    p999: quantile(0.999),
  }
}

interface Times {
  readonly sampleCount: number
  readonly totalTime: number
  readonly quantile: (p: number) => number | undefined
}

function timesOf({ measurement }: SummarisedCase): Times {
  if (measurement.type === 'samples') {
    const sorted = measurement.ns_per_call.toSorted((a, b) => a - b)
    const totalTime = sorted.reduce((total, ns) => total + ns * measurement.batch, 0) / 1e6
    return { sampleCount: sorted.length, totalTime, quantile: (p) => (sorted.length > 0 ? quantileSorted(sorted, p) / 1e6 : undefined) }
  }
  if (measurement.type !== 'load') return { sampleCount: 0, totalTime: 0, quantile: () => undefined }
  const recorded = recordedValues(measurement.histogram)
  const count = recorded.reduce((total, { count }) => total + count, 0)
  const quantile = (p: number): number | undefined => {
    let seen = 0
    return recorded.find(({ count: own }) => (seen += own) >= p * count)?.value
  }
  // The histogram counts microseconds.
  return { sampleCount: count, totalTime: measurement.elapsed_ms, quantile: (p) => scaled(quantile(p)) }
}

const scaled = (microseconds: number | undefined): number | undefined => (microseconds === undefined ? undefined : microseconds / 1000)

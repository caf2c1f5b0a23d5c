import type { Reporter } from '../../src/report/reporter.ts'
import { chiefFiguresOf, measuredCases, nameOf, type Figure } from './figures.ts'
import { jsonText } from './json-text.ts'

interface Measure {
  readonly value: number
  readonly lower_value?: number
  readonly upper_value?: number
}

/** Measures that Bencher knows by itself, in its units: nanoseconds and operations per second. */
const builtIn: Readonly<Record<string, { readonly slug: string; readonly scale: number }>> = {
  avg_time_ms: { slug: 'latency', scale: 1e6 },
  ops_per_second: { slug: 'throughput', scale: 1 },
}

/** Bencher Metric Format (https://bencher.dev/docs/reference/bencher-metric-format/): `bencher run --adapter json --file …`. */
export const bencher = {
  file: 'bencher.json',
  render: ({ run }) =>
    jsonText(Object.fromEntries(measuredCases(run).map((one) => [nameOf(one), Object.fromEntries(chiefFiguresOf(one).map(measureOf))]))),
} satisfies Reporter

function measureOf({ metric, value, interval }: Figure): [string, Measure] {
  const { slug, scale } = builtIn[metric] ?? { slug: metric.replaceAll('_', '-'), scale: 1 }
  return [slug, { value: value * scale, ...(interval && { lower_value: interval.low * scale, upper_value: interval.high * scale }) }]
}

import type { TrackedValues } from '../../src/model/measured.ts'
import type { Run, SummarisedCase } from '../../src/model/run.ts'
import type { Better } from '../../src/model/spec.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { measuredCases } from './figures.ts'

/**
 * Go's benchmark format (https://go.dev/design/14313-benchmark-format), which `benchstat old.txt new.txt` compares. A function case is cut
 * into consecutive stretches, each a line, so that benchstat has samples to test; a load is one line, for its requests are in one histogram.
 */
export const benchstat = {
  file: 'benchstat.txt',
  render: ({ run }) => {
    const units = unitsOf(measuredCases(run))
    const directions = ['Unit requests/s better=higher', ...[...units].map(([unit, better]) => `Unit ${unit} better=${better}`)]
    return `${[...configuration(run), ...directions, '', ...measuredCases(run).flatMap((one) => linesOf(one, run, units))].join('\n')}\n`
  },
} satisfies Reporter

const stretches = 10

/** Units of tracked values with their directions: a file has one direction for a unit. */
type Units = ReadonlyMap<string, Better>

function unitsOf(cases: readonly SummarisedCase[]): Units {
  const units = new Map<string, Better>()
  for (const { measurement } of cases) {
    if (measurement.type === 'tracked') units.set(unitOf(measurement, units), measurement.better)
  }
  return units
}

/** `value-points`; the other direction of the same unit is another unit: `value-points-higher`. */
function unitOf({ unit, better }: TrackedValues, units: Units): string {
  const name = ['value', ...unit.split(/[\s\p{C}]+/u)].filter(Boolean).join('-')
  return (units.get(name) ?? better) === better ? name : `${name}-${better}`
}

function configuration({ environment: on, started_at }: Run): string[] {
  const value = (text: string): string => text.replace(/\s+/g, ' ').trim()
  return [
    `goos: ${value(on.os)}`,
    `goarch: ${value(on.architecture)}`,
    `cpu: ${value(on.cpu_model)}`,
    `node: ${value(on.node)}`,
    ...(on.commit === null ? [] : [`commit: ${value(on.commit)}`]),
    `date: ${new Date(started_at).toISOString()}`,
  ]
}

function linesOf(one: SummarisedCase, { environment }: Run, units: Units): string[] {
  // Always with the number of cores: a name that ends in "-8" would be read as one.
  const name = `Benchmark${nameOf(one.identity.id)}-${environment.cpu_cores}`
  const line = (iterations: number, values: readonly (readonly [value: number | undefined, unit: string])[]): string[] => {
    const known = values.filter(([value]) => value !== undefined && Number.isFinite(value))
    return known.length === 0
      ? []
      : [[name, String(iterations), ...known.flatMap(([value, unit]) => [plainNumber(value ?? 0), unit])].join('\t')]
  }
  const { measurement, metrics } = one
  const times = (suffix: 'avg' | 'p50' | 'p95' | 'p99'): number | undefined => nanoseconds(metrics[`${suffix}_time_ms`])
  if (measurement.type === 'samples') {
    const bytes = measurement.memory?.bytes_per_call
    const lines = (stretch: readonly number[]): string[] =>
      line(stretch.length * measurement.batch, [
        [mean(stretch), 'ns/op'],
        [bytes, 'B/op'],
      ])
    return cut(measurement.ns_per_call).flatMap(lines)
  }
  if (measurement.type === 'load') {
    return line(measurement.requests, [
      [times('avg'), 'ns/op'],
      [times('p50'), 'p50-ns/op'],
      [times('p95'), 'p95-ns/op'],
      [times('p99'), 'p99-ns/op'],
      [metrics['requests_per_second'], 'requests/s'],
    ])
  }
  return measurement.type === 'tracked' ? measurement.values.flatMap((value) => line(1, [[value, unitOf(measurement, units)]])) : []
}

/** A Go name: no white space, a capital or a sign behind "Benchmark", no dash that could be read as a number of processors. */
function nameOf(id: string): string {
  const word = id.replace(/[\s\p{C}]+/gu, '_').replaceAll('-', '_')
  return /^\p{Ll}/u.test(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word
}

function cut(samples: readonly number[]): (readonly number[])[] {
  const count = Math.min(stretches, samples.length)
  return Array.from({ length: count }, (_, at) =>
    samples.slice(Math.floor((at * samples.length) / count), Math.floor(((at + 1) * samples.length) / count)),
  )
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length
const nanoseconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms * 1e6)
/** Without an exponent below 1e21, and to a precision that means something. */
const plainNumber = (value: number): string => String(Number(value.toPrecision(6)))

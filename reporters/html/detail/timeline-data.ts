import type { LoadTimes } from '../../../src/model/measured.ts'
import type { Resources, Series } from '../../../src/model/resources.ts'
import type { SummarisedCase } from '../../../src/model/run.ts'
import { windowPoints } from '../../../src/report/chart-data.ts'
import { integer, quantity } from '../../../src/report/format.ts'
import { unitOf } from '../../../src/report/metric-text.ts'
import { plain } from '../../../src/report/plain-text.ts'
import type { PanelData, TimelineData, TrackData, TrackGroup } from './case-detail.ts'
import type { Fineness } from './fineness.ts'
import { packThinned, thinned } from './fineness.ts'
import { pack } from './packed.ts'
import { trackName } from './track-names.ts'

const subjects = ['server', 'worker', 'generator'] as const

/** The load and the processes of a case over time: the process that the case is about first and whole, of the others the first figures. */
export function timelineData(one: SummarisedCase, fineness: Fineness): PanelData[] {
  const { measurement, phases, resources } = one
  const ordered = resources.toSorted((a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject))
  const shown = fineness.further ? ordered : ordered.slice(0, 1)
  return [
    ...(measurement.type === 'load' ? loadData(measurement, phases, fineness) : []),
    ...shown.flatMap((resources, at) => resourceData(resources, phases, { ...fineness, further: fineness.further && at === 0 })),
  ]
}

type Phases = SummarisedCase['phases']

function loadData(load: LoadTimes, phases: Phases, fineness: Fineness): PanelData[] {
  const points = windowPoints(load.windows, load.elapsed_ms)
  if (points.length < 2) return []
  // Windows count from the start of the measured phase, everything else from the start of the case.
  const start = phases.find(({ name }) => name === 'measure')?.from_ms ?? 0
  const { ceiling, generator, wanted_rate, planned, dropped, late } = load
  const track = (name: string, unit: string, values: readonly number[], tone: TrackData['tone'] = 'head'): TrackData => ({ name, unit, values: packThinned(values, fineness), tone }) // prettier-ignore
  const failures = points.map((point) => point.failures)
  const group: TrackGroup = {
    at: packThinned(points.map(({ at_ms }) => at_ms + start), { ...fineness, steps: 5000 }),
    tracks: [
      track('Requests', '1/s', points.map(({ per_second }) => per_second), 'base'),
      track('p50', 'ms', points.map(({ p50_ms }) => p50_ms)),
      track('p99', 'ms', points.map(({ p99_ms }) => p99_ms)),
      ...(failures.some(Boolean) ? [track('Failed', 'n', failures, 'bad')] : []),
    ],
  } // prettier-ignore
  const wanted =
    wanted_rate === undefined
      ? ''
      : `${quantity(wanted_rate, '1/s')} wanted, ${quantity((load.requests * 1000) / load.elapsed_ms, '1/s')} achieved, ${integer(late)} of ${integer(planned)} late, ${integer(dropped)} dropped`
  const limit = `the limit was the ${ceiling.verdict}: ${plain(ceiling.reason)}`
  const rows = thinned(points, 60).map(({ at_ms, per_second, failures, p50_ms, p99_ms }) => [
    quantity(at_ms, 'ms'), quantity(per_second, '1/s'), integer(failures), quantity(p50_ms, 'ms'), quantity(p99_ms, 'ms'),
  ]) // prettier-ignore
  const note = [wanted, limit, `generator at ${quantity(generator.cpu_percent, '%')} of a core`].filter(Boolean).join('; ')
  const table = { columns: ['from', 'requests', 'failed', 'p50', 'p99'], rows: fineness.further ? rows : [] }
  return [{ kind: 'timeline', title: 'Load over time', note, phases: named(phases), main: [group], more: [], table }, ...stepsTable(load)]
}

function stepsTable({ steps }: LoadTimes): PanelData[] {
  const rows = Object.entries(steps).map(([name, { requests, failures }]) => [plain(name, 60), integer(requests), integer(failures)])
  return rows.length ? [{ kind: 'table', title: 'Steps', table: { columns: ['step', 'requests', 'failed'], rows } }] : []
}

/** What falls into stages is drawn as its stages. */
const named = (phases: Phases): TimelineData['phases'] =>
  phases.filter((phase) => !phases.some((inner) => isWithin(inner, phase))).map((phase) => ({ ...phase, name: plain(phase.name, 18) }))

const isWithin = (inner: Phases[number], outer: Phases[number]): boolean =>
  inner.from_ms >= outer.from_ms && inner.to_ms <= outer.to_ms && inner.to_ms - inner.from_ms < outer.to_ms - outer.from_ms

/** What tells most about a process under load; everything else that moved is one fold away. */
const first = ['cpu_percent', 'memory_mb', 'heap_mb', 'event_loop_delay_p99_ms', 'event_loop_utilization']

function resourceData(resources: Resources, phases: Phases, fineness: Fineness): TimelineData[] {
  const { series, subject, processes, interval_ms, own_cpu_percent } = resources
  const drawn = series.filter(({ values }) => values.length > 1)
  const main = first.flatMap((metric) => drawn.filter((one) => one.metric === metric)).slice(0, fineness.further ? 5 : 3)
  // What never moved is told by its figure in the table.
  const more = fineness.further ? drawn.filter((one) => !main.includes(one) && one.values.some((value) => value !== one.values[0])) : []
  if (main.length + more.length === 0) return []
  const group = (some: readonly Series[]): TrackGroup[] => groupsOf(some, fineness)
  const note = `${processes === 1 ? '1 process' : `${integer(processes)} processes`}, every ${quantity(interval_ms, 'ms')}, sampling cost ${quantity(own_cpu_percent, '%')} of a core`
  return [{
    kind: 'timeline',
    title: `Resources of the ${subject}`,
    note,
    phases: named(phases),
    main: group(main.length ? main : more),
    more: main.length ? group(more) : [],
    table: tableOf(resources),
  }]
} // prettier-ignore

/** Figures that were sampled at the same moments share them. */
function groupsOf(series: readonly Series[], fineness: Fineness): TrackGroup[] {
  const together = Map.groupBy(series, ({ at_ms }) => `${at_ms.length} ${at_ms[0]} ${at_ms[at_ms.length >> 1]} ${at_ms.at(-1)}`)
  return [...together.values()].map((some) => ({
    at: pack(thinned(some[0]?.at_ms ?? [], fineness.points), 5000),
    tracks: some.map(({ metric, unit, values }) => ({
      name: trackName(metric),
      unit: plain(unit, 20),
      values: packThinned(values, fineness),
    })),
  }))
}

function tableOf({ metrics, unavailable }: Resources): TimelineData['table'] {
  const known = Object.entries(metrics).map(([name, value]) => [plain(name, 60), quantity(value, unitOf(name))])
  const unknown = Object.entries(unavailable).map(([what, why]) => [plain(what, 60), `not sampled: ${plain(why)}`])
  return { columns: ['figure', 'value'], rows: [...known, ...unknown] }
}

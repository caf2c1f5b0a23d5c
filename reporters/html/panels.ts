import type { LoadTimes, Measurement } from '../../src/model/measured.ts'
import type { Resources } from '../../src/model/resources.ts'
import type { Compared, SummarisedCase } from '../../src/model/run.ts'
import { distributionOf, scalingOf } from '../../src/report/chart-data.ts'
import { counted, integer, quantity } from '../../src/report/format.ts'
import { unitOf } from '../../src/report/metric-text.ts'
import { plain } from '../../src/report/plain-text.ts'
import { ecdfChart, percentileChart } from './charts/distribution.ts'
import { scalingChart } from './charts/scaling.ts'
import { sequenceChart } from './charts/sequence.ts'
import { timeline } from './charts/timeline.ts'
import { loadTracks, resourceTracks } from './tracks.ts'

interface Panel {
  readonly title: string
  readonly note: string
  readonly wide: boolean
  readonly chartSvg: string
  readonly moreTitle: string
  readonly moreSvg: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The charts of a case, each with its numbers as a table. */
export function panelsOf(one: Compared): Panel[] {
  if (one.state !== 'measured') return []
  const { measurement } = one
  const distribution = distributionOf(measurement)
  const scaling = scalingOf(measurement, one.metrics['scaling_exponent'])
  const none: Panel[] = []
  return [
    ...(distribution
      ? [
          panel('Latency percentiles', percentileChart(distribution), {
            columns: ['percentile', 'time'],
            rows: distribution.percentiles.map(({ percentile, x }) => [`${percentile} %`, quantity(x, 'ms')]),
          }),
          panel('Distribution', ecdfChart(distribution), {
            columns: ['share of calls', 'time, at most'],
            rows: distribution.ecdf
              .filter((_, at) => at % 10 === 0)
              .map(({ x, share }) => [`${integer(share * 100)} %`, quantity(x, 'ms')]),
          }),
        ]
      : none),
    ...sequencePanel(measurement),
    ...(scaling
      ? [
          panel('Scaling', scalingChart(scaling), {
            wide: true,
            columns: ['size', 'median time'],
            rows: scaling.points.map(({ n, ms }) => [integer(n), quantity(ms, 'ms')]),
          }),
        ]
      : none),
    ...(measurement.type === 'load' ? loadPanel(measurement) : none),
    ...resourcePanels(one),
  ]
}

function panel(title: string, chartSvg: string, more: Partial<Panel>): Panel {
  return { title, chartSvg, moreTitle: '', moreSvg: '', note: '', wide: false, columns: [], rows: [], ...more }
}

function sequencePanel(measurement: Measurement): Panel[] {
  if (measurement.type === 'samples' && measurement.ns_per_call.length > 1) {
    const { ns_per_call, batch, steady_state, warmup } = measurement
    const note = `${counted(batch, 'call')} each, steady state: ${steady_state}, ${counted(warmup.cut_samples, 'sample')} cut as warm-up`
    return [panel('Samples in time order', sequenceChart(ns_per_call, 'ns', 'sample'), { wide: true, note })]
  }
  if (measurement.type === 'tracked' && measurement.values.length > 1) {
    const { values, unit } = measurement
    return [panel('Values in time order', sequenceChart(values, plain(unit, 20), 'value'), { wide: true })]
  }
  return []
}

function loadPanel(measurement: LoadTimes): Panel[] {
  const { tracks, points } = loadTracks(measurement)
  if (!tracks.length) return []
  const { ceiling, generator } = measurement
  const note = `the limit was the ${ceiling.verdict}: ${plain(ceiling.reason)}; load generator at ${quantity(generator.cpu_percent, '%')} of a core`
  const rows = points.map(({ at_ms, per_second, failures, p50_ms, p99_ms }) => [
    quantity(at_ms, 'ms'),
    quantity(per_second, '1/s'),
    integer(failures),
    quantity(p50_ms, 'ms'),
    quantity(p99_ms, 'ms'),
  ])
  return [panel('Load over time', timeline(tracks, []), { wide: true, note, columns: ['from', 'requests', 'failed', 'p50', 'p99'], rows })]
}

const subjects = ['server', 'worker', 'generator'] as const

/** The process that the case is about first and whole; of the others only what shows whether they were in the way. */
function resourcePanels({ resources, phases }: SummarisedCase): Panel[] {
  const ordered = resources.toSorted((a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject))
  return ordered.flatMap((one) => {
    const { main, more } = resourceTracks(one, one.subject === ordered[0]?.subject ? 'whole' : 'main')
    if (main.length + more.length === 0) return []
    const { subject, processes, interval_ms, own_cpu_percent } = one
    const note = `${processes === 1 ? '1 process' : `${integer(processes)} processes`}, every ${quantity(interval_ms, 'ms')}, sampling cost ${quantity(own_cpu_percent, '%')} of a core`
    return [
      panel(`Resources of the ${subject}`, timeline(main.length ? main : more, phases), {
        wide: true,
        note,
        moreTitle: main.length && more.length ? counted(more.length, 'further figure') : '',
        moreSvg: main.length && more.length ? timeline(more, phases) : '',
        ...resourceTable(one),
      }),
    ]
  })
}

function resourceTable({ metrics, unavailable }: Resources): Pick<Panel, 'columns' | 'rows'> {
  const known = Object.entries(metrics).map(([name, value]) => [plain(name, 60), quantity(value, unitOf(name))])
  const unknown = Object.entries(unavailable).map(([what, why]) => [plain(what, 60), `not sampled: ${plain(why)}`])
  return { columns: ['figure', 'value'], rows: [...known, ...unknown] }
}

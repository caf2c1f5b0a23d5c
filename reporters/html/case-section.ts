import type { Measurement } from '../../src/model/measured.ts'
import type { Compared } from '../../src/model/run.ts'
import { distributionOf, scalingOf } from '../../src/report/chart-data.ts'
import { counted, integer, quantity } from '../../src/report/format.ts'
import { unitOf } from '../../src/report/metric-text.ts'
import { plain } from '../../src/report/plain-text.ts'
import type { CaseView } from '../../src/report/view-case.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeAxis, changeRow } from './charts/change.ts'
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
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface Judged {
  readonly gates: readonly object[]
  readonly checks: readonly object[]
  readonly scale: ChangeScale | null
}

/** One case: its figures as text from the view, its charts from the numbers. */
export function caseSection(view: CaseView, one: Compared | undefined, { gates, checks, scale }: Judged): Record<string, unknown> {
  const { change } = view
  return {
    ...view,
    ...heroOf(view),
    keyFigures: view.keyFigures.map((figure) => ({ ...figure, interval: figure.interval === '–' ? '' : figure.interval })),
    gates,
    checks,
    judged: gates.length + checks.length > 0,
    changeSvg: change?.effect && scale ? changeRow(change.effect, change.mark.key, scale) : '',
    changeAxisSvg: change?.effect && scale ? changeAxis(scale) : '',
    panels: one ? panelsOf(one) : [],
    failures: one ? failuresOf(one) : [],
  }
}

// The first line of a case answers what its state raises: by how much it changed, or how long it takes.
function heroOf({ change, value, interval, n, timed }: CaseView): { readonly hero: string; readonly line: string } {
  if (value === '–') return { hero: '', line: '' }
  if (!change?.effect) return { hero: value, line: [interval === '–' ? '' : `95 % interval ${interval}`, n].filter(Boolean).join(' · ') }
  const figures = change.base === '–' ? value : `${change.base} → ${change.head}`
  return {
    hero: `${change.signed} ${change.interval}, counts from ${change.threshold}`,
    line: [figures, timed ? 'per call' : change.metric, n].join(' · '),
  }
}

function panelsOf(one: Compared): Panel[] {
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
    ...one.resources.flatMap((resources) => {
      const tracks = resourceTracks(resources)
      if (!tracks.length) return none
      const { subject, processes, interval_ms, own_cpu_percent } = resources
      const note = `${processes === 1 ? '1 process' : `${integer(processes)} processes`}, every ${quantity(interval_ms, 'ms')}, sampling cost ${quantity(own_cpu_percent, '%')} of a core`
      return [panel(`Resources of the ${subject}`, timeline(tracks, one.phases), { wide: true, note, ...resourceTable(resources) })]
    }),
  ]
}

function panel(title: string, chartSvg: string, more: Partial<Panel>): Panel {
  return { title, chartSvg, note: '', wide: false, columns: [], rows: [], ...more }
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

function loadPanel(measurement: Parameters<typeof loadTracks>[0]): Panel[] {
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

function resourceTable({ metrics, unavailable }: Parameters<typeof resourceTracks>[0]): Pick<Panel, 'columns' | 'rows'> {
  const known = Object.entries(metrics).map(([name, value]) => [plain(name, 60), quantity(value, unitOf(name))])
  const unknown = Object.entries(unavailable).map(([what, why]) => [plain(what, 60), `not sampled: ${plain(why)}`])
  return { columns: ['figure', 'value'], rows: [...known, ...unknown] }
}

function failuresOf(one: Compared): Record<string, string>[] {
  if (one.state !== 'measured' || one.measurement.type !== 'load') return []
  return one.measurement.first_failures.map(({ kind, at_ms, message, status, body }) => ({
    kind,
    at: quantity(at_ms, 'ms'),
    message: plain(message),
    status: status === undefined ? '–' : String(status),
    body: body === undefined ? '' : plain(body, 300),
  }))
}

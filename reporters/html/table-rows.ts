import type { Compared } from '../../src/model/run.ts'
import { markOrder } from '../../src/report/sentences.ts'
import type { View } from '../../src/report/view.ts'
import type { CaseView, ChangeView } from '../../src/report/view-case.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeRow } from './charts/change.ts'

type Row = Record<string, unknown>

interface Shown {
  readonly scale: ChangeScale | null
  /** Cases that have a section on the page. */
  readonly linked: ReadonlySet<string>
}

/** Every case, worst first; what the baseline has and this run has not stands among them. */
export function tableRows(view: View, casesById: ReadonlyMap<string, Compared>, shown: Shown): Row[] {
  const rank = ({ mark }: Pick<CaseView, 'mark'>): number => markOrder.findIndex((key) => key === mark.key)
  const before = view.cases.filter((one) => rank(one) < markOrder.indexOf('missing'))
  const after = view.cases.slice(before.length)
  const row = (one: CaseView): Row => caseRow(one, casesById.get(one.id), shown)
  return [...before.map(row), ...view.missing.map(missingRow), ...after.map(row)].map((one, order) => ({ ...one, order }))
}

function caseRow(one: CaseView, measured: Compared | undefined, { scale, linked }: Shown): Row {
  const { change } = one
  return {
    ...one,
    linked: linked.has(one.id),
    note: [one.suite, one.project, one.relative && `${one.relative} ${one.relativeTo}`].filter(Boolean).join(' · '),
    label: [one.suite, one.name, one.project, one.place].join(' ').toLowerCase(),
    changeText: change ? (change.text === '–' ? change.mark.word : change.text) : '–',
    changeInterval: change?.interval ?? '',
    changeTone: change?.mark.tone ?? 'quiet',
    changeSvg: change?.effect && scale ? changeRow(change.effect, change.mark.key, scale) : '',
    sort: sortValues(measured, change),
  }
}

// Text such as `1.2 ms` does not sort: the numbers behind it do. What has none goes last.
function sortValues(one: Compared | undefined, change: ChangeView | null): Row {
  const metrics = one?.state === 'measured' ? one.metrics : {}
  const value = (...names: string[]): string => {
    const found = names.find((name) => Object.hasOwn(metrics, name))
    return found === undefined ? '' : String(metrics[found])
  }
  return {
    value: value('avg_time_ms', 'value', 'scaling_exponent', 'cpu_percent'),
    rate: value('requests_per_second', 'ops_per_second'),
    p95: value('p95_time_ms'),
    change: change?.effect ? String(change.effect.point) : '',
    cpu: value('cpu_percent'),
    memory: value('memory_mb'),
  }
}

function missingRow({ id, change }: View['missing'][number]): Row {
  const none = '–'
  return {
    id,
    name: id,
    linked: false,
    mark: change.mark,
    note: `in ${change.against}, not in this run`,
    label: id.toLowerCase(),
    value: none,
    interval: none,
    rate: none,
    p95: none,
    cpu: none,
    memory: none,
    changeText: change.base === none ? 'missing' : `was ${change.base}`,
    changeInterval: '',
    changeTone: change.mark.tone,
    changeSvg: '',
    sort: sortValues(undefined, null),
  }
}

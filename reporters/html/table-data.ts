import type { Compared } from '../../src/model/run.ts'
import { unitOf } from '../../src/report/metric-text.ts'
import type { Mark } from '../../src/report/sentences.ts'
import { marks as marksOfAll } from '../../src/report/sentences.ts'
import type { View } from '../../src/report/view.ts'
import type { CaseView, ChangeView } from '../../src/report/view-case.ts'
import { rankOf } from '../../src/report/worst-first.ts'
import { sparkText } from './charts/spark.ts'
import type { ColumnKey, TableData } from './table.ts'

type Numbers = Readonly<Record<ColumnKey, number | null>>

const nothing: Numbers = {
  value: null, low: null, high: null, base: null, effect: null, effectLow: null, effectHigh: null, threshold: null, rate: null, p95: null,
  cpu: null, memory: null,
} // prettier-ignore

interface Entry {
  readonly id: string
  readonly name: string
  readonly suite: string
  readonly note: string
  readonly mark: Mark
  readonly change: Mark | null
  readonly numbers: Numbers
  readonly unit: string
  readonly spark: string
  readonly opens: boolean
}

/** Every case by columns, worst first; what the baseline has and this run has not stands among them. */
export function tableData(view: View, casesById: ReadonlyMap<string, Compared>): TableData {
  const before = view.cases.filter(({ mark }) => rankOf(mark) < rankOf(marksOfAll.missing))
  const after = view.cases.slice(before.length)
  const entry = (one: CaseView): Entry => caseEntry(one, casesById.get(one.id), view)
  const entries = [...before.map(entry), ...view.missing.map(missingEntry), ...after.map(entry)]
  const nameOf = ({ key, word }: Mark): string => `${key} ${word}`
  const all = entries.flatMap(({ mark, change }) => (change ? [mark, change] : [mark]))
  const marks = [...new Map(all.map((mark) => [nameOf(mark), mark])).values()]
  const units = [...new Set(entries.map(({ unit }) => unit))]
  const places = new Map(units.map((unit, at) => [unit, at]))
  const markPlaces = new Map(marks.map((mark, at) => [nameOf(mark), at]))
  const column = (key: ColumnKey): (number | null)[] => entries.map(({ numbers }) => rounded(numbers[key]))
  return {
    marks,
    units,
    ids: entries.map(({ id }) => id),
    names: entries.map(({ name }) => name),
    suites: entries.map(({ suite }) => suite),
    notes: entries.map(({ note }) => note),
    mark: entries.map(({ mark }) => markPlaces.get(nameOf(mark)) ?? 0),
    change: entries.map(({ change }) => (change ? (markPlaces.get(nameOf(change)) ?? -1) : -1)),
    unit: entries.map(({ unit }) => places.get(unit) ?? 0),
    opens: entries.map(({ opens }) => (opens ? 1 : 0)),
    sparks: entries.map(({ spark }) => spark),
    columns: {
      value: column('value'), low: column('low'), high: column('high'), base: column('base'), effect: column('effect'), effectLow: column('effectLow'),
      effectHigh: column('effectHigh'), threshold: column('threshold'), rate: column('rate'), p95: column('p95'), cpu: column('cpu'), memory: column('memory'),
    },
  } // prettier-ignore
}

const rounded = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? Number(value.toPrecision(5)) : null)

function caseEntry(view: CaseView, one: Compared | undefined, { trend }: View): Entry {
  const { id, name, suite, project, mark, change, relative, relativeTo, headline } = view
  const metrics = one?.state === 'measured' ? one.metrics : {}
  const metric = (...names: string[]): number | null => metrics[names.find((name) => Object.hasOwn(metrics, name)) ?? ''] ?? null
  const estimate = one?.state === 'measured' ? one.estimates[headline] : undefined
  return {
    id,
    name,
    suite,
    note: [project, relative && `${relative} ${relativeTo}`].filter(Boolean).join(' · '),
    mark,
    change: change?.mark ?? null,
    unit: one ? unitOf(headline, one) : 'n',
    opens: true,
    spark: sparkText(trend?.byCase.get(id)?.values.filter((_, at, all) => at >= all.findIndex(Number.isFinite)) ?? []),
    numbers: {
      value: metric(headline),
      low: estimate?.low ?? null,
      high: estimate?.high ?? null,
      ...changeNumbers(change),
      rate: metric('requests_per_second', 'ops_per_second'),
      p95: metric('p95_time_ms'),
      cpu: metric('cpu_percent'),
      memory: metric('memory_mb'),
    },
  }
}

function changeNumbers(change: ChangeView | null): Pick<Numbers, 'base' | 'effect' | 'effectLow' | 'effectHigh' | 'threshold'> {
  const effect = change?.effect
  return {
    base: change?.baseValue ?? null,
    effect: effect?.point ?? null,
    effectLow: effect?.low ?? null,
    effectHigh: effect?.high ?? null,
    threshold: effect?.threshold ?? null,
  }
}

function missingEntry({ id, change }: View['missing'][number]): Entry {
  const note = `in ${change.against}, not in this run`
  return { id, name: id, suite: '', note, mark: change.mark, change: change.mark, unit: 'n', spark: '', opens: false, numbers: nothing }
}

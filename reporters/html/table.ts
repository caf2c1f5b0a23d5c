import { change, changeRange, none, quantity, range } from '../../src/report/format.ts'
import type { Mark } from '../../src/report/sentences.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeRow, changeScaleTo } from './charts/change.ts'
import { sparkline } from './charts/spark.ts'
import type { Markup } from './markup.ts'
import { html, raw } from './markup.ts'

type Numbers = readonly (number | null)[]

/** The table of all cases by columns: numbers sort as they are, and are written when a row is shown. */
export interface TableData {
  readonly marks: readonly Mark[]
  readonly units: readonly string[]
  readonly ids: readonly string[]
  readonly names: readonly string[]
  readonly suites: readonly string[]
  readonly notes: readonly string[]
  /** Places in `marks` and `units`; `change` is the mark of the comparison, -1 without one. */
  readonly mark: readonly number[]
  readonly change: readonly number[]
  readonly unit: readonly number[]
  /** 1 where the case has a page. */
  readonly opens: readonly number[]
  readonly sparks: readonly string[]
  readonly columns: Readonly<Record<ColumnKey, Numbers>>
}

export type ColumnKey =
  | 'value' | 'low' | 'high' | 'base' | 'effect' | 'effectLow' | 'effectHigh' | 'threshold' | 'rate' | 'p95' | 'cpu' | 'memory' // prettier-ignore

export type SortKey = 'state' | 'name' | ColumnKey

export interface Column {
  readonly title: string
  /** What it sorts by; absent where it does not. */
  readonly sort?: SortKey
  readonly kind: string
  readonly cell: (row: number) => Markup
}

/** The columns that this table has something for. */
export function columnsOf(data: TableData): readonly Column[] {
  const { columns, units, unit, sparks } = data
  const has = (key: ColumnKey): boolean => columns[key].some((value) => value !== null)
  const compared = data.change.some((place) => place >= 0)
  const own = (row: number): string => units[unit[row] ?? 0] ?? 'n'
  const number = (key: ColumnKey, title: string, kind: string, unitName?: string): Column[] =>
    has(key) ? [{ title, sort: key, kind: `number ${kind}`, cell: (row) => html`${quantityOf(columns[key][row], unitName ?? own(row))}` }] : []
  const scale = changeScaleTo(scaleLimit(columns))
  return [
    { title: 'State', sort: 'state', kind: 'state', cell: (row) => stateCell(data, row) },
    { title: 'Case', sort: 'name', kind: 'name', cell: (row) => nameCell(data, row) },
    ...(compared ? number('base', 'Base', 'medium') : []),
    ...number('value', compared ? 'Head' : 'Result', compared ? 'medium' : ''),
    ...(compared
      ? [
          { title: 'Change', sort: 'effect' as const, kind: 'number', cell: (row: number) => changeCell(data, row) },
          { title: '95 % interval', kind: 'number wide dim', cell: (row: number) => effectRange(columns, row) },
          { title: 'Interval, gate band', kind: 'glyph wide', cell: (row: number) => glyphCell(data, row, scale) },
        ]
      : [{ title: '95 % interval', kind: 'number wide dim', cell: (row: number) => html`${valueRange(columns, row, own(row))}` }]),
    ...number('p95', 'p95', 'medium', 'ms'),
    ...(compared ? [] : [...number('rate', 'Rate', 'wide', '1/s'), ...number('cpu', 'CPU', 'medium', '%'), ...number('memory', 'Memory', 'medium', 'MB')]),
    ...(sparks.some(Boolean) ? [{ title: 'History', kind: 'glyph medium', cell: (row: number) => raw(sparkline(sparks[row] ?? '')) }] : []),
  ]
} // prettier-ignore

const quantityOf = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? none : quantity(value, unit)

/** What nearly all changes fit into: one of 900 % must not flatten those of 5 %. */
function scaleLimit({ effect, threshold }: TableData['columns']): number {
  const sizes = effect.flatMap((value) => (value === null ? [] : [Math.abs(value)])).sort((a, b) => a - b)
  const usual = sizes[Math.floor(sizes.length * 0.98)] ?? 10
  return Math.max(usual * 1.2, (threshold.find((value) => value !== null) ?? 5) * 2)
}

function stateCell({ marks, mark }: TableData, row: number): Markup {
  const { glyph, word, tone } = marks[mark[row] ?? 0] ?? { glyph: '', word: '', tone: 'quiet' }
  return html`<span class="${tone}"><i aria-hidden="true">${glyph}</i> <span class="word">${word}</span></span>`
}

function nameCell({ ids, names, suites, notes, opens }: TableData, row: number): Markup {
  const suite = suites[row] ? html`<span class="suite">${suites[row]} / </span>` : ''
  const note = notes[row] ? html` <span class="suite">${notes[row]}</span>` : ''
  const text = html`${suite}${names[row] ?? ''}${note}`
  return opens[row] ? html`<a href="#case=${encodeURIComponent(wellFormed(ids[row] ?? ''))}">${text}</a>` : text
}

/** encodeURIComponent refuses half a character. */
export const wellFormed = (id: string): string => id.toWellFormed()

function changeCell({ columns, marks, change: verdicts }: TableData, row: number): Markup {
  const mark = marks[verdicts[row] ?? -1]
  if (!mark) return html`<span class="dim">${none}</span>`
  const effect = columns.effect[row]
  if (mark.key === 'unchanged') return html`<span class="dim">~</span>`
  const text = effect === null || effect === undefined ? mark.word : change(effect)
  return html`<span class="${mark.tone}">${text}</span>`
}

function effectRange({ effectLow, effectHigh }: TableData['columns'], row: number): Markup {
  const [low, high] = [effectLow[row], effectHigh[row]]
  return html`${low === null || high === null || low === undefined || high === undefined ? '' : changeRange(low, high)}`
}

function valueRange({ low, high }: TableData['columns'], row: number, unit: string): string {
  const [from, to] = [low[row], high[row]]
  return from === null || to === null || from === undefined || to === undefined ? none : range(from, to, unit)
}

function glyphCell({ columns, marks, change: verdicts }: TableData, row: number, scale: ChangeScale): Markup {
  const [point, low, high, threshold] = [columns.effect[row], columns.effectLow[row], columns.effectHigh[row], columns.threshold[row]]
  if (point === null || point === undefined) return raw('')
  const effect = { point, low: low ?? point, high: high ?? point, threshold: threshold ?? 5 }
  return raw(changeRow(effect, marks[verdicts[row] ?? -1]?.key ?? '', scale))
}

/** One row of the table. `place` counts from 1 in what is shown. */
export function tableRow(columns: readonly Column[], row: number, place: number): Markup {
  const cells = columns.map(({ kind, cell }) =>
    kind === 'name' ? html`<th scope="row" class="name">${cell(row)}</th>` : html`<td class="${kind}">${cell(row)}</td>`,
  )
  return html`<tr data-row="${row}" aria-rowindex="${place + 1}">
    ${cells}
  </tr>`
}

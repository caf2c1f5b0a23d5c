import type { View } from '../../src/report/view.ts'
import type { CaseView, ChangeView } from '../../src/report/view-case.ts'
import type { Tone } from '../../src/report/sentences.ts'
import type { Paint } from './paint.ts'
import type { Column } from './table.ts'
import { table } from './table.ts'

/** More rows than this are not read in a terminal: the reports have them all. */
const mostRows = 40
const mostMissing = 10

export function caseLines(view: View, columns: number, paint: Paint): string[] {
  const shown = view.cases.slice(0, mostRows)
  const missing = view.missing.slice(0, mostMissing)
  const rows = [...shown.map(rowOf), ...missing.map(({ id, change }) => ({ ...emptyRow, name: id, glyph: change.mark.glyph, change }))]
  const column = (title: string, cell: (row: Row) => string, priority: number, more: Partial<Column> = {}): Column => ({
    title, cells: rows.map(cell), align: 'right', priority, ...more,
  }) // prettier-ignore
  const toned = (text: string, at: number): string => paint.tone(rows[at]?.tone ?? 'quiet', text)
  const dim = (text: string): string => paint.dim(text)
  const columnsWanted = [
    column('', ({ glyph }) => glyph, -1, { align: 'left', style: toned }),
    column('case', ({ name }) => name, 0, { align: 'left', style: (text, at) => (rows[at]?.tone === 'bad' ? paint.bold(text) : text) }),
    column(
      view.cases.every(({ timed }) => timed) ? 'time' : 'result',
      ({ value, spread }) => [value, spread].filter(Boolean).join(' '),
      3,
      {
        short: { cells: rows.map(({ value }) => value), priority: 1 },
      },
    ),
    column('rate', ({ rate }) => rate, 5, { style: dim }),
    column('p95', ({ p95 }) => p95, 6),
    column('p99', ({ p99 }) => p99, 8, { style: dim }),
    column('change', ({ change }) => changeText(change), 7, {
      short: { cells: rows.map(({ change }) => changeText(change, 'short')), priority: 2 },
      style: (text, at) => paint.tone(changeTone(rows[at]?.change ?? null), text),
    }),
    column('relative', ({ relative }) => relative, 4),
    column('cpu', ({ cpu }) => cpu, 9, { style: dim }),
    column('memory', ({ memory }) => memory, 10, { style: dim }),
  ]
  const told = columnsWanted.filter(({ title, cells }) => title === '' || cells.some((cell) => cell !== '–' && cell !== ''))
  // What is not there steps back, so that the figures stand out.
  const stepped = told.map((one) => ({
    ...one,
    style: (text: string, at: number) => (text.trim() === '–' ? dim(text) : (one.style?.(text, at) ?? text)),
  }))
  const lines = table(stepped, columns - 1, paint.dim).map((line) => ` ${line}`)
  const gone = view.missing.length - missing.length
  const hidden = view.cases.length - shown.length + gone
  return hidden > 0 ? [...lines, paint.dim(`   … ${hidden} more in the reports${gone > 0 ? `, ${gone} of them missing` : ''}`)] : lines
}

interface Row extends Pick<CaseView, 'name' | 'value' | 'spread' | 'rate' | 'p95' | 'p99' | 'cpu' | 'memory' | 'relative' | 'change'> {
  readonly glyph: string
  readonly tone: Tone
}

const emptyRow: Row = {
  name: '', glyph: '', tone: 'bad', value: '–', spread: '', rate: '–', p95: '–', p99: '–', cpu: '–', memory: '–', relative: '', change: null,
} // prettier-ignore

function rowOf(one: CaseView): Row {
  const { mark } = one
  return { ...one, glyph: mark.glyph, tone: mark.tone === 'quiet' && one.value !== '–' ? 'good' : mark.tone }
}

function changeText(change: ChangeView | null, length: 'short' | 'long' = 'long'): string {
  if (!change) return '–'
  if (change.text === '–') return change.mark.word
  const unclear = change.mark.key === 'inconclusive' ? '? ' : ''
  return `${unclear}${change.text}${length === 'long' && change.interval ? ` ${change.interval}` : ''}`
}

const changeTone = (change: ChangeView | null): Tone => change?.mark.tone ?? 'quiet'

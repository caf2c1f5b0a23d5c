import { change, changeRange, counted, elapsed, none, number, quantity } from '../../src/report/format.ts'
import { unitOf } from '../../src/report/metric-text.ts'
import { plain } from '../../src/report/plain-text.ts'
import type { Report } from '../../src/report/reporter.ts'
import { marks, sentenceOf, type Mark } from '../../src/report/sentences.ts'
import type { Compared, Comparison } from '../../src/model/run.ts'
import { asciiOf, asciiText } from './ascii.ts'
import { errorLines } from './judgement.ts'
import { paint as paintOf, type Paint } from './paint.ts'
import { reportLines, verdictLines, type TerminalOptions } from './summary.ts'
import { table, type Column } from './table.ts'
import { wrap } from './width.ts'

/** What a comparison of two versions says last in a terminal: each case with all that its verdict rests on. */
export function comparisonSummary(report: Report, options: TerminalOptions): string {
  const columns = Math.max(40, options.columns)
  const paint = paintOf(options.color)
  const { run } = report
  const ascii = options.unicode === false
  const written: Written = ascii ? asciiText : (text) => text
  const view = ascii ? asciiOf(report.view) : report.view
  const text = [
    '',
    ...headLines(report, columns, paint, written),
    '',
    ...caseLines(report, columns, paint, written),
    ...errorLines(view, columns, paint),
    ...noteLines(run, columns, paint, written),
    ...reportLines(options.reports, columns, paint),
    '',
    ...verdictLines(view, columns, paint),
    '',
  ].join('\n')
  return written(text)
}

/** A text in the signs that the terminal has, before its width counts. */
type Written = (text: string) => string

function headLines({ run }: Report, columns: number, paint: Paint, written: Written): string[] {
  const { against } = run
  const text = against
    ? `${against.head} against ${against.base} · ${counted(run.cases.length, 'case')} · ${elapsed(run.duration_ms)} · seed ${against.seed}`
    : ''
  return wrap(written(plain(text, 300)), columns - 1).map((line, at) => ` ${at === 0 ? paint.bold(line) : paint.dim(line)}`)
}

interface Row {
  readonly name: string
  readonly mark: Mark
  readonly comparison: Comparison | undefined
  readonly one: Compared | undefined
}

function caseLines({ run }: Report, columns: number, paint: Paint, written: Written): string[] {
  const rows: Row[] = [
    ...run.cases.map((one) => ({ name: one.identity.name, mark: markOf(one), comparison: one.comparison, one })),
    ...run.missing.map(({ id, comparison }) => ({ name: id, mark: marks.missing, comparison, one: undefined })),
  ]
  const column = (title: string, cell: (row: Row) => string, priority: number, more: Partial<Column> = {}): Column => ({
    title,
    cells: rows.map((row) => written(cell(row))),
    align: 'right',
    priority,
    ...more,
  })
  const toned = (text: string, at: number): string => paint.tone(rows[at]?.mark.tone ?? 'quiet', text)
  const dim = (text: string): string => paint.dim(text)
  const percent = (value: number | undefined): string => (value === undefined ? none : `${number(value, 2)} %`)
  return table(
    [
      column('', ({ mark }) => mark.glyph, -1, { align: 'left', style: toned }),
      column('case', ({ name }) => plain(name), 0, { align: 'left' }),
      column('', ({ mark, comparison }) => wordOf(mark, comparison), 1, { align: 'left', style: toned }),
      column('base', (row) => valueOf(row, 'base'), 5),
      column('head', (row) => valueOf(row, 'head'), 4),
      column('effect', ({ comparison }) => effectOf(comparison), 2, { style: toned }),
      column('95 %', ({ comparison }) => intervalOf(comparison), 3),
      column('noise', ({ comparison }) => percent(comparison?.noise_percent), 8, { style: dim }),
      column('visible', ({ comparison }) => percent(comparison?.visible_percent), 7, { style: dim }),
      column('pairs', ({ comparison }) => (comparison ? String(comparison.runs) : none), 6, { style: dim }),
    ],
    columns - 1,
    paint.dim,
  ).map((line) => ` ${line}`)
}

function markOf({ state, comparison }: Compared): Mark {
  if (state === 'failed') return marks.failed
  return comparison ? marks[comparison.verdict] : marks[state]
}

/** A verdict that rests on another figure than the time names it. */
function wordOf({ word, key }: Mark, comparison: Comparison | undefined): string {
  const guard = comparison && key === 'regressed' && !comparison.metric.endsWith('_time_ms') && comparison.metric !== 'value'
  if (comparison?.further_pairs !== undefined) return `${word}, +${comparison.further_pairs} pairs`
  return guard ? `more ${comparison.metric}` : word
}

function valueOf({ comparison, one }: Row, side: 'base' | 'head'): string {
  const value = comparison?.[side]
  return value === undefined ? none : quantity(value, unitOf(comparison?.metric ?? '', one))
}

function effectOf(comparison: Comparison | undefined): string {
  return comparison?.effect_percent === undefined ? none : change(comparison.effect_percent)
}

function intervalOf(comparison: Comparison | undefined): string {
  const interval = comparison?.interval_percent
  return interval ? changeRange(interval[0], interval[1]) : none
}

function noteLines(run: Report['run'], columns: number, paint: Paint, written: Written): string[] {
  const ofRun = run.findings.map((finding) => `${sentenceOf(finding).seen} ${sentenceOf(finding).means}`)
  const ofCases = run.cases.flatMap(({ identity, comparison }) =>
    (comparison?.findings ?? [])
      .filter(({ code }) => code !== 'pairs_needed' && code !== 'pairs_removed')
      .map((finding) => `${identity.name}: ${sentenceOf(finding).seen}`),
  )
  const lines = [...ofRun, ...openText(run), ...removedText(run), ...ofCases].flatMap((text) => {
    const [first = '', ...more] = wrap(written(plain(text, 600)), columns - 5)
    return [`   ${paint.dim('•')} ${first}`, ...more.map((line) => `     ${line}`)]
  })
  return lines.length > 0 ? ['', ...lines] : []
}

/** What could not be settled, and what would settle it; said once for all cases. */
function openText({ cases, against, verdict }: Report['run']): string[] {
  const further = cases.flatMap(({ comparison }) => comparison?.further_pairs ?? [])
  const late = against?.out_of_time ? ['The budget of time ended before all was settled: raise --budget.'] : []
  if (further.length === 0) return late
  const cut = late.length > 0 || verdict.exit_reason === 'interrupted'
  const open = `${counted(further.length, 'case')} left open${cut ? '.' : ': the noise of this machine hides a change of this size.'}`
  const how = `About ${counted(Math.max(...further), 'more pair')} would settle ${further.length === 1 ? 'it' : 'all of them'}`
  return [...late, `${open} ${how}${cut ? '.' : ': raise --pairs, or run on a quieter machine.'}`]
}

function removedText({ cases }: Report['run']): string[] {
  const removed = cases.flatMap(({ identity, comparison }) =>
    (comparison?.findings ?? []).flatMap((one) =>
      one.code === 'pairs_removed' ? [`${identity.name} ${one.facts.removed} of ${one.facts.of} (${plain(one.facts.covariate, 40)})`] : [],
    ),
  )
  return removed.length === 0 ? [] : [`Pairs left out, as the machine was busy with something else while they ran: ${removed.join(', ')}.`]
}

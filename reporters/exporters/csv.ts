import type { Compared, Run } from '../../src/model/run.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { figuresOf } from './figures.ts'

const columns = [
  'id', 'suite', 'name', 'file', 'line', 'kind', 'project', 'state',
  'metric', 'value', 'unit', 'better', 'low', 'high', 'confidence',
  'verdict', 'base', 'effect_percent',
] as const // prettier-ignore
type Row = Partial<Record<(typeof columns)[number], string | number>>

/** One row for each metric of each case (RFC 4180); a case without numbers has one row that says so. */
export const csv = {
  file: 'benchmark_metrics.csv',
  render: ({ run }) =>
    [columns, ...rowsOf(run).map((row) => columns.map((column) => row[column]))].map((row) => `${row.map(cell).join(',')}\r\n`).join(''),
} satisfies Reporter

function rowsOf(run: Run): Row[] {
  const gone = run.missing.map(({ id, comparison }): Row => ({ id, state: 'missing', verdict: 'missing', ...compared(comparison) }))
  return [...run.cases.flatMap(rowsOfCase), ...gone]
}

function rowsOfCase(one: Compared): Row[] {
  const { id, suite, name, file, line, kind, project } = one.identity
  const who: Row = { id, suite, name, file, line, kind, project, state: one.state }
  if (one.state !== 'measured') return [who]
  return figuresOf(one).map(({ metric, value, unit, better, interval }) => ({
    ...who,
    metric,
    value,
    unit,
    better,
    ...interval,
    ...(one.comparison?.metric === metric ? compared(one.comparison) : {}),
  }))
}

function compared({ verdict, metric, base, effect_percent }: NonNullable<Compared['comparison']>): Row {
  return { metric, verdict, ...(base !== undefined && { base }), ...(effect_percent !== undefined && { effect_percent }) }
}

// A text that a spreadsheet would run as a formula is marked as text (OWASP, CSV injection).
function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

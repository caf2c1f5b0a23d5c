import { hiddenGates } from '../../src/report/hidden-gates.ts'
import type { View } from '../../src/report/view.ts'
import type { Recommendation } from '../../src/report/recommendation.ts'
import type { Paint } from './paint.ts'
import { table } from './table.ts'
import { fit, wrap } from './width.ts'

const mostGates = 30
const mostFindings = 6

/** Wrapped, and moved in; what was indented in itself stays so. */
function indented(text: string, columns: number, indent: number): string[] {
  const own = Math.min(12, text.length - text.trimStart().length)
  return wrap(text.trim(), columns - indent - own).map((line) => ' '.repeat(indent + own) + line)
}

export function gateLines({ gates, gatesText }: View, columns: number, paint: Paint): string[] {
  if (!gates.length) return []
  const present = gates.filter(({ absent }) => !absent)
  const shown = present.slice(0, mostGates)
  const rows = table(
    [
      {
        title: '', cells: shown.map(({ mark }) => mark.glyph), align: 'left', priority: -1,
        style: (text, at) => paint.tone(shown[at]?.mark.tone ?? 'quiet', text),
      },
      { title: '', cells: shown.map(({ name }) => name), align: 'left', priority: 0 },
      { title: '', cells: shown.map(({ metric }) => metric), align: 'left', priority: 3, style: paint.dim },
      {
        title: '', cells: shown.map(({ actual, mark }) => (actual === '–' ? mark.word : actual)), align: 'right', priority: -1,
        style: (text, at) => (shown[at]?.mark.key === 'passed' ? text : paint.tone(shown[at]?.mark.tone ?? 'quiet', text)),
      },
      { title: '', cells: shown.map(({ wanted }) => wanted), align: 'left', priority: -1, style: paint.dim },
      { title: '', cells: shown.map(({ blocking }) => (blocking ? '' : 'warning')), align: 'left', priority: 4, style: paint.dim },
    ],
    columns - 1,
    paint.dim,
  )
    .slice(1)
    .flatMap((line, at) => {
      const gate = shown[at]
      if (!gate || gate.mark.key === 'passed') return [` ${line}`]
      const why = [gate.message, gate.place].filter(Boolean).join('  ')
      return why ? [` ${line}`, ...indented(why, columns, 4).map(paint.dim)] : [` ${line}`]
    }) // prettier-ignore
  const hidden = hiddenGates(present.slice(mostGates))
  const absent = gates.length - present.length
  return [
    '',
    ` ${paint.bold('Gates')}  ${paint.dim(gatesText)}`,
    ...rows,
    ...(hidden ? [paint.dim(`   … ${hidden}`)] : []),
    ...(absent > 0 ? [paint.dim(`   … ${absent} about cases that this run does not have`)] : []),
  ]
}

export function sloLines({ slo }: View, columns: number, paint: Paint): string[] {
  if (!slo.checks.length) return []
  const tone = slo.misses.some(({ critical }) => critical) ? 'bad' : slo.misses.length ? 'unclear' : 'good'
  const misses = slo.misses
    .slice(0, 6)
    .flatMap(({ mark, objective, caseText, actual, wanted, critical }) =>
      indented(`${mark.glyph} ${objective}  ${caseText}  ${actual}, wanted ${wanted}${critical ? '  critical' : ''}`, columns, 3),
    )
  return ['', ` ${paint.bold('SLO')}  ${paint.tone(tone, `${slo.text} (${slo.percent})`)}`, ...misses]
}

export function findingLines({ recommendations }: View, columns: number, paint: Paint): string[] {
  // Notes are for whoever reads on: a terminal has what misleads and what is weak.
  const told = recommendations.filter(({ weight }) => weight !== 'note')
  if (!told.length) return []
  const shown = told.slice(0, mostFindings)
  const hidden = told.length - shown.length
  return [
    '',
    ` ${paint.bold('Worth knowing')}`,
    ...shown.flatMap((one) => {
      const [first = '', ...rest] = indented(`${one.seen} ${one.means} ${one.todo}`, columns, 5)
      const sign = paint.tone(
        one.weight === 'wrong' ? 'bad' : one.weight === 'weak' ? 'unclear' : 'quiet',
        one.weight === 'wrong' ? '!' : '•',
      )
      return [`   ${sign} ${paint.bold(fit(whereOf(one), columns - 6))}`, first, ...rest]
    }),
    ...(hidden > 0 ? [paint.dim(`   … ${hidden} more in the reports`)] : []),
  ]
}

function whereOf({ cases }: Recommendation): string {
  const [first, second] = cases
  if (!first) return 'the run'
  if (cases.length === 2 && second) return `${first.name} and ${second.name}`
  return cases.length > 1 ? `${first.name} and ${cases.length - 1} more` : first.name
}

export function errorLines(view: View, columns: number, paint: Paint): string[] {
  const failed = view.cases.filter(({ errors }) => errors.length).map(({ name, errors, place }) => ({ title: `${name}  ${place}`, errors }))
  const all = view.errors.length ? [{ title: 'the run', errors: view.errors }, ...failed] : failed
  return all.slice(0, 10).flatMap(({ title, errors }) => [
    '',
    ` ${paint.tone('bad', '✕')} ${paint.bold(fit(title, columns - 4))}`,
    ...errors.slice(0, 2).flatMap(({ message, lines }) => [
      ...indented(message, columns, 3),
      ...lines.slice(0, 14).flatMap((line) => indented(line, columns, 3)).map(paint.dim),
    ]),
  ]) // prettier-ignore
}

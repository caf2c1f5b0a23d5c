import { join } from 'node:path'
import { counted } from '../../src/report/format.ts'
import type { View } from '../../src/report/view.ts'
import { asciiOf, asciiText } from './ascii.ts'
import { caseLines } from './cases.ts'
import { errorLines, findingLines, gateLines, sloLines } from './judgement.ts'
import type { Paint } from './paint.ts'
import { paint as paintOf } from './paint.ts'
import { trendLines } from './trend.ts'
import { widthOf, wrap } from './width.ts'

export interface TerminalOptions {
  /** Width of the terminal. Nothing printed is wider, down to 40. */
  readonly columns: number
  /** Colours and bold; false under NO_COLOR and where the output is no terminal. */
  readonly color: boolean
  /** Signs beyond ASCII. @default true */
  readonly unicode?: boolean
  /** The verdict and where the reports are, and nothing else. @default false */
  readonly quiet?: boolean
  /** Where the reports were written. */
  readonly reports?: { readonly folder: string; readonly files: readonly string[] }
}

/** What a run says last in a terminal. The verdict and its reasons stand at the very end, where the eye is. */
export function terminalSummary(view: View, options: TerminalOptions): string {
  const columns = Math.max(40, options.columns)
  const paint = paintOf(options.color)
  const shown = options.unicode === false ? asciiOf(view) : view
  const told = options.quiet ? [] : [
    '',
    ...headLines(shown, columns, paint),
    ...(shown.cases.length || shown.missing.length ? ['', ...caseLines(shown, columns, paint)] : []),
    ...errorLines(shown, columns, paint),
    ...gateLines(shown, columns, paint),
    ...sloLines(shown, columns, paint),
    ...trendLines(shown, columns, paint),
    ...findingLines(shown, columns, paint),
  ] // prettier-ignore
  const lines = [...told, ...reportLines(options.reports, columns, paint), '', ...verdictLines(shown, columns, paint), '']
  const text = lines.join('\n')
  return options.unicode === false ? asciiText(text) : text
}

function headLines({ project, version, cases, took, against, counts }: View, columns: number, paint: Paint): string[] {
  const rest = [version, counted(cases.length, 'case'), took, against && `against ${against}`].filter(Boolean).join(' · ')
  const [first = '', ...more] = wrap(`${project}  ${rest}`, columns - 1)
  return [
    ` ${paint.bold(first.slice(0, project.length))}${paint.dim(first.slice(project.length))}`,
    ...more.map((line) => ` ${paint.dim(line)}`),
    ...countLines(counts, columns, paint),
  ]
}

function countLines(counts: View['counts'], columns: number, paint: Paint): string[] {
  const lines: { readonly plain: string; readonly painted: string }[] = []
  for (const { glyph, word, count, tone } of counts) {
    const text = `${glyph} ${count} ${word}`
    const last = lines.at(-1)
    const next = last ? `${last.plain}  ${text}` : text
    if (last && widthOf(next) <= columns - 1)
      lines[lines.length - 1] = { plain: next, painted: `${last.painted}  ${paint.tone(tone, text)}` }
    else lines.push({ plain: text, painted: paint.tone(tone, text) })
  }
  return lines.map(({ painted }) => ` ${painted}`)
}

export function reportLines(reports: TerminalOptions['reports'], columns: number, paint: Paint): string[] {
  if (!reports?.files.length) return []
  // A path is never broken or cut: it is there to be copied.
  const [first, ...others] = reports.files.toSorted((a, b) => order(a) - order(b))
  const rest = others.length ? wrap(others.join('  '), columns - 11).map((line) => `           ${paint.dim(line)}`) : []
  return ['', ` ${paint.bold('Reports')}   ${join(reports.folder, first ?? '')}`, ...rest]
}

// The page is what people open first.
const order = (file: string): number => (file.endsWith('.html') ? 0 : file.endsWith('.md') ? 1 : 2)

export function verdictLines({ verdict }: View, columns: number, paint: Paint): string[] {
  const tone = verdict.passed ? 'good' : verdict.exitReason === 'interrupted' ? 'unclear' : 'bad'
  const badge = paint.badge(tone, verdict.word.toUpperCase())
  const [first = '', ...more] = wrap(verdict.sentence, columns - verdict.word.length - 5)
  const reasons = verdict.reasons.slice(0, 8)
  const hidden = verdict.reasons.length - reasons.length
  return [
    ` ${badge} ${paint.bold(first)}`,
    ...more.map((line) => `   ${paint.bold(line)}`),
    ...reasons.flatMap((reason) => wrap(reason, columns - 5).map((line, at) => `   ${at === 0 ? '• ' : '  '}${line}`)),
    ...(hidden > 0 ? [`   … and ${hidden} more`] : []),
  ]
}

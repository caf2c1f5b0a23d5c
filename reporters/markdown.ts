import type { Reporter } from '../src/report/reporter.ts'
import type { View } from '../src/report/view.ts'
import { codeLine, markdownText } from './markdown/escape.ts'
import { capped } from './markdown/cap.ts'
import { templatesIn } from './templates.ts'

export interface MarkdownOptions {
  /** A folder whose `summary.hbs` is used instead of ours. */
  readonly templates?: string
  /** Longest file, in bytes. @default 60000: a comment on GitHub holds 65,536 characters */
  readonly maxBytes?: number
}

export function markdownReporter({ templates, maxBytes = 60_000 }: MarkdownOptions = {}): Reporter {
  return {
    file: 'benchmark_summary.md',
    async render({ view }) {
      const summary = (await templatesIn(templates, { md: markdownText, code: codeLine })).template('summary', { noEscape: true })
      return capped((most) => tidy(summary(summaryOf(view, most))), maxBytes)
    },
  }
}

export const markdown: Reporter = markdownReporter()

/** What the template is given: the view, with every list cut to `most` lines, the worst kept. */
function summaryOf(view: View, most: number): Record<string, unknown> {
  const attention = view.gates.filter(({ mark, message }) => mark.key !== 'passed' && message)
  return {
    ...view,
    verdict: { ...view.verdict, reasons: view.verdict.reasons.slice(0, most) },
    errors: view.errors.slice(0, most),
    failures: failuresOf(view, most),
    gates: view.gates.slice(0, most),
    gateMessages: attention.slice(0, most),
    slo: { ...view.slo, misses: view.slo.misses.slice(0, most) },
    changes: changesOf(view).slice(0, most),
    rows: view.cases.slice(0, most),
    hidden: Math.max(0, view.cases.length - most),
    recommendations: view.recommendations.slice(0, Math.min(most, 20)).map((one) => ({ ...one, where: whereOf(one.cases) })),
  }
}

// The first error of a case with the start of its story: the last output of the server is there.
function failuresOf({ cases }: View, most: number): Record<string, unknown>[] {
  const failures = cases.filter(({ errors }) => errors.length).slice(0, most)
  return failures.map(({ name, place, errors }) => ({
    name,
    place,
    errors: errors.slice(0, 1).map(({ message, lines }) => ({ message, lines: lines.slice(0, Math.min(most, 12)) })),
  }))
}

function changesOf({ cases, missing }: View): Record<string, unknown>[] {
  const told = cases.filter(({ change }) => change !== null && change.mark.key !== 'unchanged' && change.mark.key !== 'new')
  return [...told.map(({ name, change }) => ({ name, ...change })), ...missing.map(({ id, change }) => ({ name: id, ...change }))]
}

const whereOf = (cases: readonly { readonly name: string }[]): string => {
  const names = cases.slice(0, 3).map(({ name }) => name)
  return cases.length > 3 ? `${names.join(', ')} and ${cases.length - 3} more` : names.join(', ')
}

// What a template leaves of empty lines is for its reader, not for the reader of the report. Tables may not be broken by one.
function tidy(text: string): string {
  return `${text
    .replace(/\n{3,}/g, '\n\n')
    .replace(/(\|[^\n]*)\n\n(?=\|)/g, '$1\n')
    .trim()}\n`
}

import { resolve } from 'node:path'
import { metricTexts } from '../src/report/metric-text.ts'
import type { Report, Reporter } from '../src/report/reporter.ts'
import { capped } from './markdown/cap.ts'
import { codeLine, markdownText } from './markdown/escape.ts'
import { summaryOf } from './markdown/summary.ts'
import { templatesIn } from './templates.ts'

export interface MarkdownOptions {
  /** A folder whose templates are used instead of ours of the same name. @default `reporting.templates` of the config */
  readonly templates?: string
  /** Longest file, in bytes. @default 60000: a comment on GitHub holds 65,536 characters */
  readonly maxBytes?: number
}

/** What a pull request or a job wants to know: verdict, changes, what was missed, what to do. Capped in bytes, the worst kept. */
export function markdownReporter({ templates, maxBytes = 60_000 }: MarkdownOptions = {}): Reporter {
  return {
    file: 'benchmark_summary.md',
    async render(report) {
      const summary = await templateOf('summary', report, templates)
      return capped((most) => tidy(summary(summaryOf(report.view, most))), maxBytes)
    },
  }
}

/** The summary, and every case with all its figures and findings. */
export function fullMarkdownReporter({ templates }: Pick<MarkdownOptions, 'templates'> = {}): Reporter {
  return {
    file: 'benchmark_report.md',
    async render(report) {
      const full = await templateOf('full', report, templates)
      return tidy(full({ ...summaryOf(report.view, 500), details: detailsOf(report) }))
    },
  }
}

function detailsOf({ run, view }: Report): Record<string, unknown>[] {
  const byId = new Map(run.cases.map((one) => [one.identity.id, one]))
  return view.cases.map((one) => {
    const whole = byId.get(one.id)
    return { ...one, metrics: whole?.state === 'measured' ? metricTexts(whole) : [] }
  })
}

export const markdown: Reporter = markdownReporter()
export const fullMarkdown: Reporter = fullMarkdownReporter()

async function templateOf(name: string, { run }: Report, folder = run.config.reporting.templates): Promise<(data: Record<string, unknown>) => string> {
  const { template } = await templatesIn(folder === undefined ? undefined : resolve(folder), { md: markdownText, code: codeLine })
  return template(name, { noEscape: true })
} // prettier-ignore

// What a template leaves of empty lines is for its reader, not for the reader of the report. Tables may not be broken by one.
function tidy(text: string): string {
  return `${text
    .replace(/\n{3,}/g, '\n\n')
    .replace(/(\|[^\n]*)\n\n(?=\|)/g, '$1\n')
    .trim()}\n`
}

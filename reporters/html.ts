import { createHash } from 'node:crypto'
import type { Reporter } from '../src/report/reporter.ts'
import { pageOf } from './html/page.ts'
import { templatesIn } from './templates.ts'

export interface HtmlOptions {
  /** A folder whose templates, `page.css` and `page.js` stand in for ours of the same name. */
  readonly templates?: string
}

/** One file that asks for nothing: styles, script and charts are inside, and its policy lets nothing else in. */
export function htmlReporter({ templates }: HtmlOptions = {}): Reporter {
  return {
    file: 'benchmark_report.html',
    async render(report) {
      const { template, source } = await templatesIn(templates, { link: encodeURIComponent })
      const style = source('page.css').replace(/\n\s*/g, ' ').trim()
      const script = source('page.js').trim()
      return template('report')({ ...pageOf(report), style, script, policy: policyFor(style, script) })
    },
  }
}

export const html: Reporter = htmlReporter()

function policyFor(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    `default-src 'none'`,
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
}

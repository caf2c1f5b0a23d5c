import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Reporter } from '../src/report/reporter.ts'
import { clientSource } from './html/client-source.ts'
import { pageOf } from './html/page.ts'
import { templatesIn } from './templates.ts'

export interface HtmlOptions {
  /** A folder whose templates and `page.css` stand in for ours of the same name. @default `reporting.templates` of the config */
  readonly templates?: string
}

/** One file that asks for nothing: styles, script, charts and data are inside, and its policy lets nothing else in. */
export function htmlReporter({ templates }: HtmlOptions = {}): Reporter {
  return {
    file: 'benchmark_report.html',
    async render(report) {
      const folder = templates ?? report.run.config.reporting.templates
      const { template, source } = await templatesIn(folder === undefined ? undefined : resolve(folder), { link: linkTo })
      const style = squeezedStyle(source('page.css'))
      const script = await clientSource()
      return template('report')({ ...pageOf(report), style, script, policy: policyFor(style, script) })
    },
  }
}

export const html: Reporter = htmlReporter()

/** Without comments, and without the spaces that mean nothing; a text in quotes stays as it is. */
function squeezedStyle(text: string): string {
  const parts = text.replace(/\/\*.*?\*\//gs, '').split(/("[^"\n]*"|'[^'\n]*')/)
  const squeezed = parts.map((part, at) => (at % 2 ? part : withoutSpaces(part))).join('')
  return squeezed.replace(/='([\w-]+)'\]/g, '=$1]').trim()
}

const withoutSpaces = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .replaceAll(' / ', '/')
    .replaceAll('@media (', '@media(')
    .replaceAll(' !', '!')

/** encodeURIComponent refuses half a character. */
const linkTo = (id: string): string => encodeURIComponent(id.toWellFormed())

function policyFor(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    `default-src 'none'`,
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
    `trusted-types vitest-perf`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
}

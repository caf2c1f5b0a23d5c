import type { Reporter } from '../src/report/reporter.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { pdf } from './pdf.ts'

export type { Report, Reporter } from '../src/report/reporter.ts'
export { exporters, type ExporterName } from './exporters/index.ts'
export { htmlReporter } from './html.ts'
export { fullMarkdownReporter, markdownReporter } from './markdown.ts'
export { pdfReporter } from './pdf.ts'
export { terminalSummary } from './terminal/summary.ts'

/** What `reporting` in the config switches on and off, by name. */
export const reporters = { json, html, markdown, pdf } satisfies Record<string, Reporter>

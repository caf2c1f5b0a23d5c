import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Report } from '../../src/report/reporter.ts'
import { detailsOf } from '../html/detail/details-of.ts'
import type { Write } from './blocks.ts'
import { grid, heading } from './blocks.ts'
import { casePage, caseTable } from './cases.ts'
import { inks, paper } from './fixed-svg.ts'
import { summaryPages } from './summary.ts'

/** Pages of their own for so many cases: those that want attention, or all of a short run. */
const mostCases = 30
const shortRun = 12

/** The report as pdfmake's tree: summary, all cases, and a page for each case that wants attention. */
export function documentOf(report: Report, write: Write, lacking: () => number): TDocumentDefinitions {
  const { run, view } = report
  const detail = detailsOf(report)
  const attention = new Set(view.cases.filter(({ mark }) => mark.tone === 'bad' || mark.tone === 'unclear').map(({ id }) => id))
  const order = new Map(view.cases.map(({ id }, at) => [id, at]))
  const place = (id: string): number => order.get(id) ?? 0
  const shown = run.cases
    .filter(({ identity, state }) => attention.has(identity.id) || (run.cases.length <= shortRun && state === 'measured'))
    .toSorted((a, b) => place(a.identity.id) - place(b.identity.id))
    .slice(0, mostCases)
  const context = { runs: view.trend?.runs ?? [] }
  const pages = shown.map(detail).map((one) => casePage(one, context, write))
  const content: Content[] = [
    ...summaryPages(view, write),
    ...environment(report, write),
    ...caseTable(view, write),
    ...(pages.length ? [heading(attention.size ? 'Cases that want attention' : 'Cases', 1, { id: 'attention', newPage: true })] : []),
    ...pages.flatMap((page, at) => (at === 0 ? page.map(onSamePage) : page)),
  ]
  const missing = lacking()
  if (missing) content.push({ text: `${missing} different signs are not in the font of this file and stand as question marks; pdfReporter({ fonts }) takes another.`, color: paper.dim, fontSize: 8, margin: [0, 12, 0, 0] }) // prettier-ignore
  const when = new Date(run.started_at)
  return {
    info: { title: write(`${view.project}: performance report`), creator: 'vitest-perf', producer: 'vitest-perf', creationDate: when, modDate: when },
    pageSize: 'A4',
    pageMargins: [40, 40, 40, 44],
    defaultStyle: { font: 'Report', fontSize: 9, color: inks.text, lineHeight: 1.15 },
    footer: (page, pages) => ({ columns: [{ text: write(`${view.project} ${view.version}`) }, { text: `${page} / ${pages}`, alignment: 'right' }], margin: [40, 12, 40, 0], fontSize: 7.5, color: paper.dim }),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: ({ headlineLevel }, { getFollowingNodesOnPage }) => headlineLevel === 2 && getFollowingNodesOnPage().length === 0,
    content,
  }
} // prettier-ignore

function onSamePage(block: Content): Content {
  if (typeof block !== 'object' || !('pageBreak' in block)) return block
  const { pageBreak: _, ...rest } = block
  return rest
}

function environment({ view }: Report, write: Write): Content[] {
  const rows = view.environment.map(({ label, value }) => [label, write(value)])
  return [
    heading('How this was measured', 2),
    grid(
      [
        { title: '', width: 110 },
        { title: '', width: '*' },
      ],
      rows,
    ),
  ]
}

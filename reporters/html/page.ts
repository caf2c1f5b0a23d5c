import { gzipSync } from 'node:zlib'
import type { Compared } from '../../src/model/run.ts'
import type { Report } from '../../src/report/reporter.ts'
import { caseMarkup } from './case-markup.ts'
import type { CaseDetail } from './detail/case-detail.ts'
import { detailsOf } from './detail/details-of.ts'
import { pack } from './detail/packed.ts'
import { changedRuns } from './home-trend.ts'
import type { PageData } from './page-data.ts'
import { chunkSize } from './page-data.ts'
import { changeSection, gateSections, trendSection } from './sections.ts'
import { columnsOf, tableRow } from './table.ts'
import { tableData } from './table-data.ts'

/** What stands in the page itself: it reads without a script, and is there before one runs. */
const firstRows = 40
const firstCases = 12

/** What report.hbs is given: the view, and markup of ours where it belongs. */
export function pageOf(report: Report): Record<string, unknown> {
  const { run, view } = report
  const casesById = new Map(run.cases.map((one) => [one.identity.id, one]))
  const table = tableData(view, casesById)
  const columns = columnsOf(table)
  const detail = detailsOf(report)
  const attention = view.cases.filter(({ mark }) => mark.tone === 'bad' || mark.tone === 'unclear').map(({ id }) => id)
  const printed = attention
    .slice(0, firstCases)
    .flatMap((id) => casesById.get(id) ?? [])
    .map(detail)
  const page: PageData = {
    table,
    attention,
    printed,
    places: run.cases.map(({ identity }) => identity.id),
    runs: view.trend?.runs ?? [],
    suite: view.trend && {
      of: view.trend.of,
      index: pack(view.trend.index, 1000),
      machine: pack(view.trend.machineIndex, 1000),
      changed: changedRuns(view.trend.steps),
    },
  }
  const context = { runs: page.runs }
  const recommendations = view.recommendations.map((one) => ({
    ...one,
    some: one.cases.slice(0, 3),
    more: Math.max(0, one.cases.length - 3),
  }))
  return {
    ...view,
    title: `${view.verdict.word}: ${view.project} performance`,
    ...gateSections(view),
    ...changeSection(view.cases),
    ...trendSection(view.trend),
    heads: columns.map(({ title, sort = '', kind }) => ({ title, sort, kind })),
    rows: table.ids.slice(0, firstRows).map((_, row) => ({ html: tableRow(columns, row, row + 1).markup })),
    rowCount: table.ids.length,
    withoutRow: Math.max(0, table.ids.length - firstRows),
    attention: printed.map((detail) => ({ html: caseMarkup(detail, context, 'words').markup })),
    withoutCase: Math.max(0, attention.length - printed.length),
    recommendations: recommendations.filter(({ weight }) => weight !== 'note'),
    findings: recommendations.length > 0,
    notes: recommendations.filter(({ weight }) => weight === 'note'),
    data: [{ id: 'index', text: squeezed(JSON.stringify(page)) }, ...chunksOf(run.cases, detail)],
  }
}

/** One case after the other, so that the details of ten thousand are never there at once. */
function chunksOf(cases: readonly Compared[], detail: (one: Compared) => CaseDetail): { readonly id: string; readonly text: string }[] {
  return Array.from({ length: Math.ceil(cases.length / chunkSize) }, (_, at) => ({
    id: `chunk-${at}`,
    text: squeezed(
      `[${cases
        .slice(at * chunkSize, (at + 1) * chunkSize)
        .map((one) => JSON.stringify(detail(one)))
        .join()}]`,
    ),
  }))
}

/** JSON, compressed, as text: a browser opens it without a library, from a file too. */
function squeezed(json: string): string {
  return gzipSync(json, { level: 6 }).toString('base64')
}

import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { caseMarkup } from '../../reporters/html/case-markup.ts'
import type { CaseDetail } from '../../reporters/html/detail/case-detail.ts'
import { fullMarkdown } from '../../reporters/markdown.ts'
import { reporters, terminalSummary } from '../../reporters/index.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { followedRun } from '../report/followed-run.ts'
import { emptyRun, failingRun, groupedRun, interruptedRun, passingRun } from '../report/runs.ts'

// Whoever changes a report sees here what its readers will see. `npx vitest run test/reporters -u` approves.
const runs = {
  passing: passingRun,
  failing: failingRun,
  empty: emptyRun,
  interrupted: interruptedRun,
  grouped: groupedRun,
  followed: followedRun,
}
const approved = (name: string): string => join(import.meta.dirname, '../approved', name)
/** Logarithms and powers differ between releases of V8 in their last digits; nobody approves those. */
const rounded = (json: string): string =>
  json.replace(/(?<=[[:,\s])-?\d+\.\d+(?:e[+-]?\d+)?(?=[\],}\s])/g, (number) => String(Number(Number(number).toPrecision(12))))
const reports = { folder: 'benchmark-results/20261005_211400', files: Object.values(reporters).map(({ file }) => file) }

describe.each(Object.entries(runs))('the %s run', (name, run) => {
  test.each([40, 80, 120])('in a terminal of %i columns', async (columns) => {
    const summary = terminalSummary(reportOf(run).view, { columns, color: false, reports })
    await expect(summary).toMatchFileSnapshot(approved(`terminal-${name}-${columns}.txt`))
  })

  test('as Markdown', async () => {
    await expect(await reporters.markdown.render(reportOf(run))).toMatchFileSnapshot(approved(`summary-${name}.md`))
  })

  test('as Markdown with every case', async () => {
    if (name !== 'grouped' && name !== 'followed') return
    await expect(await fullMarkdown.render(reportOf(run))).toMatchFileSnapshot(approved(`full-${name}.md`))
  })

  test('as JSON', async () => {
    await expect(rounded(reporters.json.render(reportOf(run)))).toMatchFileSnapshot(approved(`results-${name}.json`))
  })

  test('as HTML', async () => {
    const page = String(await reporters.html.render(reportOf(run)))
    // Styles and script are looked at in their own files; their hashes would make every approved page change with them.
    const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'))
    await expect(body).toMatchFileSnapshot(approved(`report-${name}.html`))
  })

  test('as HTML, every case', async () => {
    const page = String(await reporters.html.render(reportOf(run)))
    const chunks = page.matchAll(/id="chunk-\d+">([^<]*)</g)
    const details = [...chunks].flatMap(([, text = '']) => JSON.parse(String(gunzipSync(Buffer.from(text, 'base64')))) as CaseDetail[])
    expect(details).toHaveLength(run.cases.length)
    const { trend } = reportOf(run).view
    const markup = details.map(
      (detail) => `<article id="${detail.id}">\n${caseMarkup(detail, { runs: trend?.runs ?? [] }).markup}\n</article>\n`,
    )
    await expect(markup.join('')).toMatchFileSnapshot(approved(`cases-${name}.html`))
  })
})

test('a terminal without Unicode gets signs of ASCII', async () => {
  const summary = terminalSummary(reportOf(failingRun).view, { columns: 80, color: false, unicode: false, reports })
  expect(summary).toMatch(/^[\n -~]+$/)
  await expect(summary).toMatchFileSnapshot(approved('terminal-failing-ascii.txt'))
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fullMarkdownReporter, markdownReporter, reporters } from '../../reporters/index.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { largeRun } from '../report/large-run.ts'
import { measuredFunction, runOf } from '../report/run-builder.ts'
import { failingRun } from '../report/runs.ts'
import { hostileRun } from './hostile.ts'

const summary = async (run: Run): Promise<string> => String(await reporters.markdown.render(reportOf(run)))
const columnsOf = (line: string): number => line.replace(/\\\|/g, '').split('|').length

describe('benchmark_summary.md', () => {
  test('has tables whose rows all have as many cells as their head', async () => {
    for (const run of [failingRun, hostileRun]) {
      const tables = (await summary(run)).split('\n\n').map((block) => block.split('\n').filter((line) => line.startsWith('|')))
      for (const [head = '', ...rows] of tables) for (const row of rows) expect(columnsOf(row)).toBe(columnsOf(head))
    }
  })

  test('lets no name become markup, a link, a picture, a mention or a heading', async () => {
    const text = await summary(hostileRun)
    const outsideCode = text.split('\n').filter((line) => !line.startsWith('      ')).join('\n') // prettier-ignore
    expect(outsideCode).not.toMatch(/<(?!\/?(details|summary)>)/)
    expect(outsideCode).not.toMatch(/(?<!\\)[[\]`]/)
    expect(outsideCode).not.toMatch(/@\w|(?<!\w)#\d/)
    expect(outsideCode).not.toMatch(/https?:\/\//)
    const ours = [
      '# Fail',
      '## Errors of the run',
      '## Failed cases',
      '## Gates',
      '## Service objectives',
      '## What changed',
      '## Key figures',
    ]
    const headings = outsideCode.split('\n').filter((line) => line.startsWith('#'))
    for (const heading of headings) expect([...ours, '## Recommendations'].some((known) => heading.startsWith(known))).toBe(true)
  })

  test('on request has every case with all its figures, and no name that does anything', async () => {
    const full = async (run: Run): Promise<string> => String(await fullMarkdownReporter().render(reportOf(run)))
    const text = await full(failingRun)
    for (const { identity } of failingRun.cases) expect(text).toContain(identity.name.replaceAll('_', String.raw`\_`))
    expect(text).toContain('| heap\\_bytes\\_per\\_call | 640 B |')
    const hostile = (await full(hostileRun)).split('\n').filter((line) => !/^ {4}/.test(line)).join('\n') // prettier-ignore
    expect(hostile).not.toMatch(/<(?!\/?(details|summary)>)|(?<!\\)[[\]`]|@\w/)
  })

  test('tells levels that changed in the history, with their commit', async () => {
    const text = await summary(largeRun(60, 60))
    expect(text).toContain('Levels that changed over 61 runs, newest first:')
    expect(text).toMatch(/\| [+−][\d.]+ % \| .* \| [0-9a-f]{7}\.\.[0-9a-f]{7} \| 2026-\d\d-\d\d (confirmed|provisional) \|/)
  })

  test('shows a name as it is', async () => {
    const run = runOf({ project: 'a_b*c|d', cases: [measuredFunction('x', 1)] })
    expect(await summary(run)).toContain(String.raw`**a\_b\*c\|d**`)
  })

  test('stays below its size, keeps the worst and says what it left out', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => measuredFunction(`case_${at}`, 1))
    const text = await summary(runOf({ cases: [...many, ...failingRun.cases], gates: failingRun.gates, verdict: failingRun.verdict }))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    expect(text).toContain('parse query')
    expect(text).toMatch(/[\d,]+ more cases are in the HTML report/)
    expect(text).toMatch(/<\/details>\n$/)
  })

  test('is made from the template of the user where there is one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'))
    writeFileSync(join(folder, 'summary.hbs'), 'Our own: {{md verdict.sentence}} {{#each rows}}{{md name}};{{/each}}')
    const text = await markdownReporter({ templates: folder }).render(reportOf(failingRun))
    rmSync(folder, { recursive: true })
    expect(text).toMatch(/^Our own: 2 performance gates not met fuzzy\\_search;parse query;/)
  })

  test('a template that names what is not there is an error, not a gap', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'))
    writeFileSync(join(folder, 'summary.hbs'), '{{verdct}}')
    await expect(markdownReporter({ templates: folder }).render(reportOf(failingRun))).rejects.toThrow(/verdct/)
    rmSync(folder, { recursive: true })
  })
})

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { htmlReporter, reporters } from '../../reporters/index.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { gate, loaded, measuredFunction, measuredLoad, runOf } from '../report/run-builder.ts'
import { failingRun } from '../report/runs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const page = async (run = failingRun, templates?: string): Promise<string> =>
  String(await (templates ? htmlReporter({ templates }) : reporters.html).render(reportOf(run)))

describe('benchmark_report.html', () => {
  test('is the same file for the same run', async () => {
    expect(await page()).toBe(await page())
  })

  test('names nothing outside itself', async () => {
    const text = await page()
    expect(text).not.toMatch(/(src|srcset|action|poster)=/)
    expect([...text.matchAll(/href="([^"]*)"/g)].map(([, to = '']) => to).filter((to) => !to.startsWith('#'))).toEqual(['data:,'])
    expect(text).not.toMatch(/url\(|@import|style="/)
  })

  test('takes a template, a style sheet and a script of the user, and its policy follows', async () => {
    writeFileSync(join(folder, 'verdict.hbs'), '<h1 id="verdict">Ours: {{verdict.sentence}}</h1>')
    writeFileSync(join(folder, 'page.css'), 'h1 { color: red; }')
    writeFileSync(join(folder, 'page.js'), 'document.title = "ours"')
    const text = await page(failingRun, folder)
    expect(text).toContain('Ours: 2 performance gates not met')
    expect(text).toContain('<style>h1 { color: red; }</style>')
    for (const own of ['h1 { color: red; }', 'document.title = "ours"']) {
      expect(text).toContain(`'sha256-${createHash('sha256').update(own).digest('base64')}'`)
    }
    expect(text).toContain('All cases')
  })

  test('a template that names what is not there is an error, not a gap', async () => {
    writeFileSync(join(folder, 'verdict.hbs'), '{{verdikt}}')
    await expect(page(failingRun, folder)).rejects.toThrow(/verdikt/)
  })

  test('leaves out the distribution of a histogram that cannot be decoded, and keeps the rest', async () => {
    const broken = measuredLoad('search_api', 1, { measurement: { ...loaded(1), histogram: 'HISTFAAAbroken' } })
    const text = await page(runOf({ cases: [broken] }))
    expect(text).not.toContain('Latency percentiles')
    expect(text).toContain('Load over time')
  })

  test('draws the tail only as far as there are values', async () => {
    const few = measuredLoad('few', 1, { measurement: loaded(1, 150) })
    const many = measuredLoad('many', 1, { measurement: loaded(1, 20_000) })
    expect(await page(runOf({ cases: [few] }))).not.toContain('99.9 % at')
    const percentiles = async (one: typeof few): Promise<string[]> =>
      [...(await page(runOf({ cases: [one] }))).matchAll(/<td>([\d.]+) %<\/td>/g)].map(([, percentile = '']) => percentile)
    expect(await percentiles(few)).not.toContain('99.9')
    expect(await percentiles(many)).toContain('99.99')
  })

  test('of very many cases keeps the worst and says how many it left out', async () => {
    const many = Array.from({ length: 1500 }, (_, at) => measuredFunction(`case_${at}`, 1))
    const gates = Array.from({ length: 300 }, () => gate('passed'))
    const text = await page(runOf({ cases: [...many, ...failingRun.cases], gates: [...gates, gate('failed', { name: 'the failed one' })] }))
    expect(text).toContain('the failed one')
    expect(text).toContain('101 further gates, none of them worse')
    expect(text.match(/<tr data-mark/g)).toHaveLength(1000)
    expect(text).toContain('510 further cases, none of them worse, are in benchmark_results.json')
    expect(text).toContain('<a href="#case=fuzzy_search">')
    const targets = new Set([...text.matchAll(/id="(case=[^"]+)"/g)].map(([, id]) => id))
    for (const [, link] of text.matchAll(/href="#(case=[^"]+)"/g)) expect(targets).toContain(link)
  })
})

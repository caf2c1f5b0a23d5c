import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clientSource } from '../../reporters/html/client-source.ts'
import type { CaseDetail, PercentilesData, TimelineData } from '../../reporters/html/detail/case-detail.ts'
import { tailPercentiles } from '../../reporters/html/detail/case-detail.ts'
import { unpack } from '../../reporters/html/detail/packed.ts'
import type { PageData } from '../../reporters/html/page-data.ts'
import { chunkSize } from '../../reporters/html/page-data.ts'
import { htmlReporter, reporters } from '../../reporters/index.ts'
import { buildClient } from '../../scripts/build-client.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { largeRun } from '../report/large-run.ts'
import { gate, loaded, measuredLoad, runOf } from '../report/run-builder.ts'
import { failingRun } from '../report/runs.ts'

let folder: string
beforeAll(buildClient)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const page = async (run = failingRun, templates?: string): Promise<string> =>
  String(await (templates ? htmlReporter({ templates }) : reporters.html).render(reportOf(run)))

/** What lies compressed in the page, by the id of its element. */
function dataOf(page: string): Map<string, unknown> {
  const parts = page.matchAll(/<script type="application\/octet-stream" id="([^"]+)">([^<]*)<\/script>/g)
  return new Map([...parts].map(([, id = '', text = '']) => [id, JSON.parse(String(gunzipSync(Buffer.from(text, 'base64'))))]))
}

async function detailOf(run: Run, id: string): Promise<CaseDetail> {
  const data = dataOf(await page(run))
  const { places } = data.get('index') as PageData
  const place = places.indexOf(id)
  return (data.get(`chunk-${Math.floor(place / chunkSize)}`) as CaseDetail[])[place % chunkSize]!
}

test('the style fits its budget of 10 kB, with what paper needs', async () => {
  const style = /<style>(.*?)<\/style>/s.exec(String(await reporters.html.render(reportOf(failingRun))))?.[1] ?? ''
  expect(Buffer.byteLength(style)).toBeLessThanOrEqual(10_000)
  expect(style).toContain('@media print{')
  expect(style).toContain('@media(max-width:560px){')
})

describe('benchmark_report.html', () => {
  test('is the same file for the same run', async () => {
    expect(await page()).toBe(await page())
  })

  test('names nothing outside itself', async () => {
    const text = (await page()).replace(/<script>[\s\S]*<\/script>/, '')
    expect(text).not.toMatch(/(src|srcset|action|poster)=/)
    expect([...text.matchAll(/href="([^"]*)"/g)].map(([, to = '']) => to).filter((to) => !to.startsWith('#'))).toEqual(['data:,'])
    expect(text).not.toMatch(/url\(|@import|style="/)
  })

  test('takes a template and a style sheet of the user, and its policy follows', async () => {
    writeFileSync(join(folder, 'verdict.hbs'), '<h1 id="verdict">Ours: {{verdict.sentence}}</h1>')
    writeFileSync(join(folder, 'page.css'), 'h1{color:red}')
    const text = await page(failingRun, folder)
    expect(text).toContain('Ours: 2 performance gates not met')
    expect(text).toContain('<style>h1{color:red}</style>')
    expect(text).toContain(`'sha256-${createHash('sha256').update('h1{color:red}').digest('base64')}'`)
    expect(text).toContain('All cases')
  })

  test('takes the folder of templates from the config of the run', async () => {
    writeFileSync(join(folder, 'verdict.hbs'), '<h1 id="verdict">From the config</h1>')
    const config = { ...failingRun.config, reporting: { ...failingRun.config.reporting, templates: folder } }
    expect(await page({ ...failingRun, config })).toContain('From the config')
  })

  test('a template that names what is not there is an error, not a gap', async () => {
    writeFileSync(join(folder, 'verdict.hbs'), '{{verdikt}}')
    await expect(page(failingRun, folder)).rejects.toThrow(/verdikt/)
  })

  test('takes a partial of the user, by whatever sign it is used, and no file that nothing uses', async () => {
    writeFileSync(join(folder, 'footer.hbs'), '<footer>Ask the team</footer>')
    writeFileSync(join(folder, 'README.md'), 'How we name templates')
    await expect(page(failingRun, folder)).rejects.toThrow(/footer\.hbs replaces no template, and none uses it\./)
    for (const use of ['{{> footer}}', '{{>footer}}', "{{~> 'footer'}}", '{{#> footer}}{{/footer}}', "{{> (lookup this 'partial')}}"]) {
      writeFileSync(join(folder, 'help.hbs'), use)
      if (use.includes('lookup')) await expect(page(failingRun, folder)).rejects.toThrow(/partial/)
      else expect(await page(failingRun, folder)).toContain('<footer>Ask the team</footer>')
    }
  })

  test('a slip in the name of a template is told, with what was meant, and so is a folder that is not there', async () => {
    writeFileSync(join(folder, 'verdct.hbs'), 'x')
    await expect(page(failingRun, folder)).rejects.toThrow(
      /verdct\.hbs replaces no template.*did you mean verdict\.hbs\?[^]*\[TEMPLATES_UNUSABLE\]/,
    )
    const nowhere = join(folder, 'nowhere')
    await expect(page(failingRun, nowhere)).rejects.toThrow(/The templates in .*nowhere cannot be read: there is no such folder\./)
  })

  test('keeps texts in quotes when it squeezes a style sheet', async () => {
    writeFileSync(join(folder, 'page.css'), "a::after { content: ' > /  ; ' ; color: red; }")
    expect(await page(failingRun, folder)).toContain("<style>a::after{content:' > /  ; ';color:red}</style>")
  })

  test('leaves out the distribution of a histogram that cannot be decoded, and keeps the rest', async () => {
    const broken = measuredLoad('search_api', 1, { measurement: { ...loaded(1), histogram: 'HISTFAAAbroken' } })
    const { panels } = await detailOf(runOf({ cases: [broken] }), 'search_api')
    expect(panels.map(({ kind }) => kind)).toEqual(['timeline', 'timeline', 'timeline'])
  })

  test('draws the tail only as far as there are values', async () => {
    const farthest = async (requests: number): Promise<number> => {
      const { panels } = await detailOf(runOf({ cases: [measuredLoad('one', 1, { measurement: loaded(1, requests) })] }), 'one')
      const percentiles = panels.find(({ kind }) => kind === 'percentiles') as PercentilesData
      return tailPercentiles[percentiles.head.d.length - 1]!
    }
    expect(await farthest(150)).toBe(99.25)
    expect(await farthest(20_000)).toBe(99.995)
  })

  test('windows of a load stand where its measured phase begins', async () => {
    const phases = [{ name: 'warm-up', from_ms: 0, to_ms: 1000 }, { name: 'measure', from_ms: 1000, to_ms: 6000 }] // prettier-ignore
    const { panels } = await detailOf(runOf({ cases: [measuredLoad('one', 1, { phases })] }), 'one')
    const [load] = panels.filter(({ kind }) => kind === 'timeline') as TimelineData[]
    expect(unpack(load!.main[0]!.at)[0]).toBe(1000)
  })

  test('tells the worst first, folds gates that passed, and says how many it left out', async () => {
    const gates = Array.from({ length: 300 }, () => gate('passed'))
    const text = await page({ ...failingRun, gates: [...gates, gate('failed', { name: 'the failed one' })] })
    expect(text.indexOf('the failed one')).toBeGreaterThan(0)
    expect(text.indexOf('the failed one')).toBeLessThan(text.indexOf('API Response Time'))
    expect(text).toContain('192 more, all passed')
    expect(text).toContain('101 further gates, none of them worse')
  })

  // Bytes are exact, so that they can be asserted.
  test('keeps its budget of bytes: 200 cases with 100 runs, script and styles', async () => {
    const text = await page(largeRun(200, 100))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(400_000)
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? []
    expect(Buffer.byteLength(style)).toBeLessThanOrEqual(12_000)
    expect(Buffer.byteLength(await clientSource())).toBeLessThanOrEqual(100_000)
  })

  test('grows in step with its cases', async () => {
    const sizeOf = async (count: number): Promise<number> => (await page(largeRun(count, 30))).length
    const [few, many] = [await sizeOf(100), await sizeOf(400)]
    expect(many).toBeLessThan(few * 4)
  })
})

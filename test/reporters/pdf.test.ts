import { describe, expect, test } from 'vitest'
import { pdfReporter, reporters } from '../../reporters/index.ts'
import { writerFor } from '../../reporters/pdf/writable.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { largeRun } from '../report/large-run.ts'
import { emptyRun, failingRun } from '../report/runs.ts'
import { hostileRun } from './hostile.ts'

const pdf = async (run: Run): Promise<Buffer> => Buffer.from(await reporters.pdf.render(reportOf(run)))
const pagesOf = (file: Buffer): number => file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

/** Titles of the bookmarks: text strings of PDF, in UTF-16 or as bytes. */
function bookmarksOf(file: Buffer): string[] {
  const titles = file.toString('latin1').matchAll(/\/Title \(((?:\\.|[^\\)])*)\)/gs)
  return [...titles].map(([, text = '']) => {
    const bytes = Buffer.from(text.replace(/\\([nrtbf()\\])/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[sign] ?? sign), 'latin1') // prettier-ignore
    return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1')
  })
}

describe('benchmark_report.pdf', () => {
  test('is the same file for the same run', async () => {
    const [first, second] = [await pdf(failingRun), await pdf(failingRun)]
    expect(first.subarray(0, 5).toString()).toBe('%PDF-')
    expect(first.equals(second)).toBe(true)
  })

  test('has bookmarks: the summary, all cases, and a page for each case that wants attention', async () => {
    const titles = bookmarksOf(await pdf(failingRun))
    for (const title of ['Fail: 2 performance gates not met', 'Gates: 1 of 5 passed', 'All cases', 'search / fuzzy_search', 'server API / search_api']) {
      expect(titles).toContain(title)
    }
  }) // prettier-ignore

  test('of very many cases has a bounded number of pages', async () => {
    const [some, many] = [pagesOf(await pdf(largeRun(600, 0))), pagesOf(await pdf(largeRun(1500, 0)))]
    expect(some).toBeGreaterThan(20)
    expect(many).toBeLessThan(90)
  })

  test('of a run without cases says what went wrong', async () => {
    expect(bookmarksOf(await pdf(emptyRun))).toContain('Errors of the run')
  })

  test('lets no name become a link, a script or an action', async () => {
    const file = (await pdf(hostileRun)).toString('latin1')
    expect(file).not.toMatch(/\/(URI|JavaScript|JS|Launch|EmbeddedFile)\b/)
    expect(pagesOf(Buffer.from(file, 'latin1'))).toBeGreaterThan(5)
  })

  test('is changed by a function of the user before it is drawn', async () => {
    const wide = pdfReporter({ document: (definition) => ({ ...definition, pageOrientation: 'landscape' }) })
    expect(Buffer.from(await wide.render(reportOf(emptyRun))).toString('latin1')).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/)
  })
})

test('signs that a font lacks are replaced by ones that say the same, or counted', () => {
  const { write, lacking } = writerFor((codePoint) => codePoint < 128)
  expect(write('1 ms → 2 ms')).toBe('1 ms > 2 ms')
  expect(lacking()).toBe(0)
  expect(write('検索')).toBe('??')
  expect(lacking()).toBe(2)
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reporters } from '../../reporters/index.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { measuredFunction, runOf } from '../report/run-builder.ts'
import { emptyRun, failingRun, passingRun } from '../report/runs.ts'
import { hostileRun } from './hostile.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const runs = { passing: passingRun, failing: failingRun, empty: emptyRun, hostile: hostileRun }
const folder = mkdtempSync(join(tmpdir(), 'page-'))
let browser: Browser

beforeAll(async () => {
  // One process for all tabs would end with the first tab that is closed.
  const args = chromium.args.filter((argument) => argument !== '--single-process')
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args })
  for (const [name, run] of Object.entries(runs)) writeFileSync(fileOf(name), await reporters.html.render(reportOf(run)))
}, 60_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const fileOf = (name: string): string => join(folder, `${name}.html`)

interface Opened {
  readonly page: Page
  readonly requests: string[]
  readonly complaints: string[]
}

async function open(name: string, hash = '', options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(`${pathToFileURL(fileOf(name)).href}${hash}`)
  return { page, requests, complaints }
}

// Code for the page is text: the compiler of this project knows Node, not the DOM.
const axe = `(async () => {
  const { violations, passes } = await axe.run({ resultTypes: ['violations'] })
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return { looked: passes.length, bad: bad.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))) }
})()`

/** What axe finds that is serious or worse, as `rule: element`. */
async function serious(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger, which the policy of the page does not bind.
  await page.evaluate(axeSource)
  const { looked, bad } = await page.evaluate<{ looked: number; bad: string[] }>(axe)
  expect(looked).toBeGreaterThan(10)
  return bad
}

describe.each(Object.keys(runs))('the page of the %s run', (name) => {
  test('asks for nothing and keeps its own policy', async () => {
    const { page, requests, complaints } = await open(name)
    expect(await page.title()).toMatch(/^(Pass|Fail): /)
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(fileOf(name)).href])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test.each([390, 800, 1280])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page } = await open(name, '', { viewport: { width, height: 800 }, javaScriptEnabled: false })
    // Without scripts all sections are open, so this looks at every case too.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.context().close()
  })
})

test.each([
  ['failing', 'light', 'search_api'],
  ['failing', 'dark', 'search_api'],
  ['hostile', 'light', ''],
  ['empty', 'dark', ''],
] as const)('axe finds nothing serious on the page of the %s run in the %s theme', async (name, colorScheme, id) => {
  const { page } = await open(name, '', { colorScheme })
  expect(await serious(page)).toEqual([])
  if (id) {
    await page.evaluate(`location.hash = 'case=${id}'`)
    await page.locator('.case.open').waitFor()
    expect(await serious(page)).toEqual([])
  }
  await page.context().close()
})

describe('the page', () => {
  test('reads with scripts off: verdict, table and every case', async () => {
    const { page } = await open('failing', '', { javaScriptEnabled: false })
    expect(await page.locator('h1').innerText()).toContain('Fail: 2 performance gates not met')
    expect(await page.locator('.cases tbody tr').count()).toBe(failingRun.cases.length + failingRun.missing.length)
    for (const { identity } of failingRun.cases) {
      expect(await page.locator(`[id="case=${identity.id}"]`).isVisible()).toBe(true)
    }
    expect(await page.locator('#find').isVisible()).toBe(false)
    await page.context().close()
  })

  test('opens a case from the table and from an address, and Escape leads back', async () => {
    const { page } = await open('failing', '#case=chat_api')
    expect(await page.locator('.case:visible h2').allInnerTexts()).toEqual([expect.stringContaining('chat_api')])
    await page.keyboard.press('Escape')
    expect(await page.locator('h1').isVisible()).toBe(true)
    await page.locator('.cases').getByRole('link', { name: 'parse query' }).click()
    await page.locator('.case:visible').waitFor()
    expect(await page.locator('.case:visible').count()).toBe(1)
    expect(await page.locator('.case:visible code').innerText()).toBe('npx vitest bench --run src/search.bench.ts -t "parse query"')
    await page.context().close()
  })

  test('filters by state and by name, and counts what is shown', async () => {
    const { page } = await open('failing')
    await page.getByRole('button', { name: 'no change' }).click()
    expect(await page.locator('.cases tbody tr:visible').count()).toBe(3)
    expect(await page.locator('#shown').innerText()).toBe('3 of 11')
    await page.keyboard.press('/')
    await page.keyboard.type('rank')
    expect(await page.locator('.cases tbody tr:visible').count()).toBe(1)
    await page.context().close()
  })

  test('sorts by the number behind the text, and puts what has none last', async () => {
    const { page } = await open('failing')
    await page.getByRole('button', { name: 'p95' }).click()
    const order = await page.locator('.cases tbody tr').evaluateAll((rows) => rows.map((row) => row.children[5]?.textContent ?? ''))
    expect(order.slice(0, 3)).toEqual(['7.48 ms', '2.64 ms', '1.12 ms'])
    expect(order.at(-1)).toBe('–')
    expect(await page.locator('th[aria-sort]').innerText()).toContain('p95')
    await page.context().close()
  })

  test('keeps the theme that was chosen', async () => {
    const { page } = await open('passing', '', { colorScheme: 'light' })
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.locator('#theme').click()
    expect(await ground()).toBe('rgb(13, 17, 23)')
    await page.reload()
    expect(await ground()).toBe('rgb(13, 17, 23)')
    await page.context().close()
  })

  test('prints the list and every case', async () => {
    const { page } = await open('failing', '#case=chat_api')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('h1').isVisible()).toBe(true)
    expect(await page.locator('.case:visible').count()).toBe(failingRun.cases.length)
    expect(await page.locator('#find').isVisible()).toBe(false)
    await page.context().close()
  })

  test('runs nothing that a name says and shows names as they are', async () => {
    const { page, complaints } = await open('hostile')
    const found = await page.evaluate(`({
      handlers: [...document.querySelectorAll('*')].filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on'))).length,
      pictures: document.querySelectorAll('img, iframe, object, embed').length,
      scripts: document.scripts.length,
      links: [...document.querySelectorAll('a')].filter((link) => !link.getAttribute('href').startsWith('#')).length,
    })`)
    expect(found).toEqual({ handlers: 0, pictures: 0, scripts: 1, links: 0 })
    expect(complaints).toEqual([])
    const text = await page.locator('main').innerText()
    expect(text).toContain('<img src=x onerror=alert(1)><script>alert(1)</script>')
    expect(text).toContain("a $& b $` c $' d $1 $$")
    expect(text).toContain('{{#each this}}{{{constructor}}}{{/each}}')
    expect(text).toContain('safe⟨U+202E⟩gnp.exe')
    await page.context().close()
  })

  test('grows in step with its cases', async () => {
    const sizeOf = async (count: number): Promise<number> => {
      const cases = Array.from({ length: count }, (_, at) => measuredFunction(`case_${at}`, 1))
      return String(await reporters.html.render(reportOf(runOf({ cases } satisfies Partial<Run>)))).length
    }
    const [ten, hundred] = [await sizeOf(10), await sizeOf(100)]
    expect(hundred).toBeLessThan(ten * 10)
  })
})

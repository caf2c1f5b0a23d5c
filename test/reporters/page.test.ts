import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reporters } from '../../reporters/index.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { buildClient } from '../../scripts/build-client.ts'
import { followedRun } from '../report/followed-run.ts'
import { largeRun } from '../report/large-run.ts'
import { emptyRun, failingRun, passingRun } from '../report/runs.ts'
import { hostileNames, hostileRun } from './hostile.ts'
import { faintInCharts, violations } from './page-checks.ts'

const runs = { passing: passingRun, failing: failingRun, empty: emptyRun, hostile: hostileRun, followed: followedRun }
const all = { ...runs, many: largeRun(1200, 40) }
const folder = mkdtempSync(join(tmpdir(), 'page-'))
let browser: Browser

beforeAll(async () => {
  // One process for all tabs would end with the first tab that is closed.
  const args = chromium.args.filter((argument) => argument !== '--single-process')
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args })
  await buildClient()
  for (const [name, run] of Object.entries(all)) writeFileSync(fileOf(name), await reporters.html.render(reportOf(run)))
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
  if (options.javaScriptEnabled !== false) await page.locator('html.ready').waitFor()
  return { page, requests, complaints }
}

const openedCase = '.case-body'
const rowsShown = '.cases tbody tr[data-row]'

describe.each(Object.keys(runs))('the page of the %s run', (name) => {
  test('asks for nothing and keeps its own policy', async () => {
    const { page, requests, complaints } = await open(name)
    expect(await page.title()).toMatch(/^(Pass|Fail): /)
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(fileOf(name)).href])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('needs no scrolling sideways, with a script or without', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open(name, '', { javaScriptEnabled })
      for (const width of [390, 800, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      }
      await page.context().close()
    }
  })
})

test.each([
  ['failing', 'light', 'search_api'],
  ['failing', 'dark', 'search_api'],
  ['many', 'light', 'case_0'],
  ['many', 'dark', 'case_0'],
  ['hostile', 'light', 'load'],
  ['empty', 'dark', ''],
] as const)('axe finds nothing on the page of the %s run in the %s theme, wide and narrow, and charts stand out', async (name, colorScheme, id) => {
  const { page } = await open(name, '', { colorScheme })
  const look = async (leastTexts: number): Promise<void> => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      // What axe finds in a narrow page does not depend on its colours.
      if (width === 1280 || colorScheme === 'light') expect(await violations(page)).toEqual([])
      const { texts, marks, low } = await faintInCharts(page)
      expect(texts).toBeGreaterThanOrEqual(leastTexts)
      expect(marks).toBeGreaterThanOrEqual(leastTexts)
      expect(low).toEqual([])
    }
  }
  await look(id ? 3 : 0)
  if (id) {
    await page.evaluate(`location.hash = 'case=${id}'`)
    await page.locator(`#case[data-id="${id}"] h2`).waitFor()
    await look(5)
  }
  await page.context().close()
}) // prettier-ignore

describe('the page', () => {
  test('reads with scripts off: verdict, table, and every case that wants attention', async () => {
    const { page } = await open('failing', '', { javaScriptEnabled: false })
    expect(await page.locator('h1#verdict').innerText()).toContain('Fail: 2 performance gates not met')
    expect(await page.locator(rowsShown).count()).toBe(failingRun.cases.length + failingRun.missing.length)
    const names = await page.locator('.attention-case:visible h2').allInnerTexts()
    expect(names.map((text) => text.split(' / ').at(-1))).toEqual(['fuzzy_search', 'parse query', 'search_api'])
    expect(await page.locator('.attention').innerText()).toContain('TypeError: index.get is not a function')
    expect(await page.locator('#find').isVisible()).toBe(false)
    await page.context().close()
  })

  test('opens a case from the table and from an address, and Escape leads back', async () => {
    const { page } = await open('failing', '#case=chat_api')
    expect(await page.locator(`${openedCase} h2`).innerText()).toBe('server API / chat_api')
    await page.keyboard.press('Escape')
    expect(await page.locator('h1#verdict').isVisible()).toBe(true)
    await page.locator('.cases').getByRole('link', { name: 'parse query' }).click()
    await page.locator('#case[data-id="parse_query"]').waitFor()
    expect(await page.locator(`${openedCase} code`).innerText()).toBe('npx vitest bench --run src/search.bench.ts -t "parse query"')
    await page.context().close()
  })

  test('shows the case of its address, whichever data came first', async () => {
    const { page } = await open('many', '#case=case_64')
    await page.locator('#case[data-id="case_64"] h2').waitFor()
    // The data of the next case come late: those of the one after it are there already.
    await page.evaluate(`{
      const text = Response.prototype.text
      Response.prototype.text = async function () {
        Response.prototype.text = text
        const read = await text.call(this)
        await new Promise((next) => (globalThis.letThrough = next))
        globalThis.cameLate = true
        return read
      }
      location.hash = 'case=case_0'
    }`)
    await expect.poll(() => page.evaluate('typeof letThrough')).toBe('function')
    await page.evaluate(`location.hash = 'case=case_65'`)
    await page.locator('#case[data-id="case_65"] h2').waitFor()
    const shown = await page.locator(`${openedCase} h2`).innerText()
    await page.evaluate('letThrough()')
    await expect.poll(() => page.evaluate('globalThis.cameLate')).toBe(true)
    await page.evaluate('new Promise((next) => setTimeout(next, 100))')
    expect(await page.evaluate('location.hash')).toBe('#case=case_65')
    expect(await page.locator('#case').getAttribute('data-id')).toBe('case_65')
    expect(await page.locator(`${openedCase} h2`).innerText()).toBe(shown)
    await page.context().close()
  })

  test('shows a failed case with the last output of its server', async () => {
    const { page } = await open('failing', '#case=fuzzy_search')
    expect(await page.locator(openedCase).innerText()).toContain('TypeError: index.get is not a function')
    await page.context().close()
  })

  test('every link to a case leads to one, and an address of none leads to the list, which says so', async () => {
    const { page } = await open('failing', '#case=no%E2%80%AEbody')
    expect(await page.locator('h1#verdict').isVisible()).toBe(true)
    const notice = page.getByRole('status').filter({ hasText: 'no case' })
    expect(await notice.innerText()).toBe('This report has no case “no⟨U+202E⟩body”: here are all that it has.')
    await page.getByRole('button', { name: 'no change' }).click()
    expect(await notice.count()).toBe(0)
    const hrefs = await page.locator('a[href^="#case="]:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    for (const href of new Set(hrefs)) {
      await page.evaluate(`location.hash = ${JSON.stringify(href)}`)
      await page.locator(`#case[data-id="${decodeURIComponent(href!.slice(6))}"]`).waitFor()
    }
    expect(hrefs.length).toBeGreaterThan(10)
    await page.context().close()
  })

  test('filters by state and by name, counts what is shown, and keeps it in its address', async () => {
    const { page } = await open('failing')
    await page.getByRole('button', { name: 'no change' }).click()
    expect(await page.locator(rowsShown).count()).toBe(3)
    expect(await page.locator('#shown').innerText()).toBe('3 of 11')
    await page.keyboard.press('/')
    await page.keyboard.type('rank')
    expect(await page.locator(rowsShown).count()).toBe(1)
    expect(await page.evaluate('location.hash')).toBe('#verdict=unchanged&q=rank')
    await page.reload()
    await page.locator('html.ready').waitFor()
    expect(await page.locator(rowsShown).count()).toBe(1)
    await page.context().close()
  })

  test('sorts by the number behind the text, and puts what has none last', async () => {
    const { page } = await open('failing')
    await page.getByRole('button', { name: 'p95' }).click()
    const order = await page.locator(rowsShown).evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent ?? ''))
    expect(order.slice(0, 3)).toEqual(['7.48 ms', '2.64 ms', '1.12 ms'])
    expect(order.at(-1)).toBe('–')
    expect(await page.locator('th[aria-sort]').innerText()).toContain('p95')
    expect(await page.evaluate('location.hash')).toBe('#sort=-p95')
    await page.context().close()
  })

  test('is used from the keyboard: rows, cases that want attention, filters, and an off switch', async () => {
    const { page } = await open('failing')
    const opened = (): Promise<string> => page.evaluate('document.querySelector("html.one-case #case")?.dataset.id ?? ""')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.locator('tr.on').innerText()).toContain('parse query')
    await page.keyboard.press('Enter')
    await expect.poll(opened).toBe('parse_query')
    await page.keyboard.press('n')
    await expect.poll(opened).toBe('search_api')
    await page.keyboard.press('p')
    await expect.poll(opened).toBe('parse_query')
    await page.keyboard.press('Escape')
    expect(await opened()).toBe('')
    await page.keyboard.press('1')
    expect(await page.locator(rowsShown).count()).toBe(1)
    await page.keyboard.press('?')
    await page.locator('#keys-on').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('1')
    expect(await page.locator(rowsShown).count()).toBe(1)
    await page.context().close()
  })

  test('tells the values of a chart to pointer and keyboard', async () => {
    const { page } = await open('many', '#case=case_0')
    const plot = page.locator(`${openedCase} .plot`).first()
    await plot.hover()
    expect(await plot.locator('.tip').innerText()).toMatch(/µs\n[0-9a-f]{7}/)
    await plot.focus()
    await page.keyboard.press('Home')
    const first = await plot.locator('.tip').innerText()
    await page.keyboard.press('ArrowRight')
    expect(await plot.locator('.tip').innerText()).not.toBe(first)
    await page.context().close()
  })

  test('has the numbers of a change above their lines, wide and narrow', async () => {
    const { page } = await open('many', '#case=case_0')
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const places = await page.locator(`${openedCase} .single`).evaluate((single) => {
        const middle = (element: { getBoundingClientRect(): { x: number; width: number } }): number => {
          const box = element.getBoundingClientRect()
          return Math.round(box.x + box.width / 2)
        }
        const zero = single.querySelector('.zero')
        const label = Array.from(single.querySelectorAll('text')).find(({ textContent }) => textContent === '0 %')
        return zero && label ? [middle(zero), middle(label)] : []
      })
      expect(places).toHaveLength(2)
      expect(Math.abs(places[0]! - places[1]!)).toBeLessThanOrEqual(1)
    }
    await page.context().close()
  })

  test('zooms a trend to the newest runs, to what was dragged across, and out again', async () => {
    const { page } = await open('many', '#case=case_0')
    const trend = page.locator(`${openedCase} figure`).first()
    const ticks = (): Promise<string[]> => trend.locator('svg .tick').allInnerTexts()
    const whole = await ticks()
    await trend.getByRole('button', { name: '20', exact: true }).click()
    expect(await ticks()).not.toEqual(whole)
    expect(await trend.getByRole('button', { name: '20', exact: true }).getAttribute('aria-pressed')).toBe('true')
    expect(await page.evaluate('location.hash')).toBe('#case=case_0&runs=20')
    await trend.getByRole('button', { name: 'All runs' }).click()
    const box = (await trend.locator('.plot svg').first().boundingBox())!
    await page.mouse.move(box.x + box.width * 0.2, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50)
    await page.mouse.up()
    const dragged = await ticks()
    expect(dragged).not.toEqual(whole)
    expect(await page.evaluate('location.hash')).toMatch(/^#case=case_0&runs=\d+-\d+$/)
    await page.reload()
    await page.locator(openedCase).locator('figure').first().waitFor()
    expect(await ticks()).toEqual(dragged)
    await trend.locator('.plot').dblclick()
    expect(await ticks()).toEqual(whole)
    expect(await page.evaluate('location.hash')).toBe('#case=case_0')
    await page.context().close()
  })

  test('a finger that scrolls the page leaves no zoom behind for the next tap', async () => {
    const { page } = await open('many', '#case=case_0', { hasTouch: true })
    const { x, y, width } = (await page.locator(`${openedCase} figure`).first().locator('.plot svg').first().boundingBox())!
    const finger = (type: string, share: number): Promise<void> =>
      page.evaluate(
        `document.elementFromPoint(${x + width * share}, ${y + 50}).dispatchEvent(new PointerEvent('${type}', { bubbles: true, pointerId: 7, pointerType: 'touch', clientX: ${x + width * share}, clientY: ${y + 50} }))`,
      )
    await finger('pointerdown', 0.2)
    await finger('pointercancel', 0.3)
    await finger('pointerup', 0.8)
    expect(await page.evaluate('location.hash')).toBe('#case=case_0')
    await finger('pointerdown', 0.2)
    await finger('pointerup', 0.8)
    expect(await page.evaluate('location.hash')).toMatch(/runs=/)
    await page.context().close()
  })

  test('in a narrow window names the state of each row to screen readers, and the case has the room', async () => {
    for (const name of ['failing', 'many']) {
      const { page } = await open(name, '', { viewport: { width: 390, height: 900 } })
      const row = page.locator(rowsShown).nth(1)
      expect(await row.getByRole('cell').first().ariaSnapshot()).toMatch(/over gate|slower/)
      expect((await row.locator('.name').boundingBox())!.width).toBeGreaterThan(180)
      await page.context().close()
    }
  })

  test('of many cases draws only the rows in sight, and finds every other', async () => {
    const { page } = await open('many')
    expect(await page.locator('.cases table').getAttribute('aria-rowcount')).toBe('1201')
    expect(await page.locator(rowsShown).count()).toBeLessThan(100)
    await page.locator('.table-box').evaluate((box) => box.scrollTo(0, 20_000))
    await expect.poll(async () => Number(await page.locator(rowsShown).first().getAttribute('aria-rowindex'))).toBeGreaterThan(400)
    await page.locator('#find').fill('case_1111')
    expect(await page.locator(rowsShown).count()).toBe(1)
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

  test('prints the list with the cases that want attention, or the case that is open', async () => {
    const { page } = await open('failing')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('h1#verdict').isVisible()).toBe(true)
    expect(await page.locator('.attention-case:visible').count()).toBe(3)
    expect(await page.locator('#find').isVisible()).toBe(false)
    await page.evaluate(`location.hash = 'case=search_api'`)
    await page.locator('#case[data-id="search_api"] h2').waitFor()
    expect(await page.locator('h1#verdict').isVisible()).toBe(false)
    expect(await page.locator(`${openedCase} figure`).first().isVisible()).toBe(true)
    await page.context().close()
  })

  test('on paper starts with the first row, unfolds what is folded, and draws the charts of cases that want attention', async () => {
    const { page } = await open('many')
    await page.locator('.table-box').evaluate((box) => box.scrollTo(0, 20_000))
    await expect.poll(async () => Number(await page.locator(rowsShown).first().getAttribute('aria-rowindex'))).toBeGreaterThan(400)
    await page.evaluate(`addEventListener('beforeprint', () => { globalThis.paper = {
      rows: document.querySelectorAll('${rowsShown}').length, first: document.querySelector('${rowsShown}').ariaRowIndex, count: document.querySelector('#shown').textContent,
      steps: document.querySelectorAll('.trend details[open]').length, charts: [...document.querySelectorAll('.attention-case')].filter((one) => one.querySelector('figure svg')).length,
    } })`)
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.evaluate('globalThis.paper')).toEqual({ rows: 400, first: '2', count: 'the first 400 of 1200', steps: 2, charts: 12 })
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await page.locator('#shown').innerText()).toBe('1200 of 1200')
    expect(await page.locator('.trend details[open]').count()).toBe(0)
    expect(await page.locator(rowsShown).count()).toBeLessThan(100)
    await page.evaluate('globalThis.paper = undefined')
    // The browser sends the event by itself.
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(100_000)
    expect(await page.evaluate('globalThis.paper.rows')).toBe(400)
    await page.context().close()
  })

  test('stands still and stays visible where its reader asks for that', async () => {
    const { page } = await open('failing', '#case=search_api', { reducedMotion: 'reduce', forcedColors: 'active' })
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto')
    const stroke = await page.evaluate('getComputedStyle(document.querySelector(".case-body path.line")).stroke')
    expect(stroke).not.toBe('none')
    await page.context().close()
  })

  test('runs nothing that a name says and shows names as they are', async () => {
    const { page, complaints } = await open('hostile')
    const safe = async (): Promise<string> => {
      const found = await page.evaluate(`({
        handlers: [...document.querySelectorAll('*')].filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on'))).length,
        pictures: document.querySelectorAll('img, iframe, object, embed').length,
        scripts: [...document.scripts].filter(({ type }) => type === '').length,
        links: [...document.querySelectorAll('a')].filter((link) => !link.getAttribute('href').startsWith('#')).length,
      })`)
      expect(found).toEqual({ handlers: 0, pictures: 0, scripts: 1, links: 0 })
      return page.locator('main').innerText()
    }
    const text = await safe()
    expect(text).toContain('<img src=x onerror=alert(1)><script>alert(1)</script>')
    expect(text).toContain("a $& b $` c $' d $1 $$")
    expect(text).toContain('{{#each this}}{{{constructor}}}{{/each}}')
    expect(text).toContain('safe⟨U+202E⟩gnp.exe')
    for (const id of [...Object.keys(hostileNames).map((key) => `case_${key}`), 'load', 'broken']) {
      await page.evaluate(`location.hash = 'case=${id}'`)
      await page.locator(`#case[data-id="${id}"] h2`).waitFor()
      await safe()
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

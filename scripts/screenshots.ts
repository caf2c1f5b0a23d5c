// docs/images: what README.md shows. Of a stored run where one is named, else of a made-up project with a history.
// node scripts/screenshots.ts [results.json]
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import { reporters } from '../reporters/index.ts'
import { parseResults } from '../src/report/parse-results.ts'
import { reportOf } from '../src/report/reporter.ts'
import { largeRun } from '../test/report/large-run.ts'
import { buildClient } from './build-client.ts'

const images = join(import.meta.dirname, '../docs/images')
const size = { width: 1280, height: 800 }

const [, , stored] = process.argv
const run = stored === undefined ? largeRun(200, 100) : parseResults(await readFile(stored, 'utf8'), stored).run
const report = reportOf(run)
// The case with most to see: the worst one that was loaded, else the worst.
const worst = report.view.cases.filter(({ value }) => value !== '–')
const slower = worst.filter(({ mark }) => mark.key === 'regressed')
const shown = slower.find(({ kind }) => kind === 'http') ?? slower[0] ?? worst.find(({ kind }) => kind === 'http') ?? worst[0]

await buildClient()
const folder = await mkdtemp(join(tmpdir(), 'screenshots-'))
const page = join(folder, 'report.html')
await writeFile(page, await reporters.html.render(report))
await mkdir(images, { recursive: true })
const args = chromium.args.filter((argument) => argument !== '--single-process')
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args })

async function shoot(name: string, hash: string, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme, deviceScaleFactor: 1, reducedMotion: 'reduce' })
  const tab = await context.newPage()
  await tab.goto(`${pathToFileURL(page).href}${hash}`)
  await tab.locator('html.ready').waitFor()
  await tab.evaluate('document.activeElement?.blur()')
  await tab.screenshot({ path: join(images, name) })
  await context.close()
}

await shoot('report.png', '', 'light')
await shoot('case.png', shown ? `#case=${encodeURIComponent(shown.id)}` : '', 'dark')
await browser.close()
await rm(folder, { recursive: true })

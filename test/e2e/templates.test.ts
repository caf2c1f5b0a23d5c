import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Guest } from './guest.ts'
import { configWith, guest } from './guest.ts'

const bench = `
import { bench, describePerf } from 'vitest-perf'
describePerf('numbers', () => {
  bench('sum', () => [1, 2, 3].reduce((a, b) => a + b, 0), { time: 20, warmup: 10 })
})
`
const reporting = (more: Readonly<Record<string, unknown>>): string => JSON.stringify({ reporting: more })

let project: Guest
beforeEach(async () => {
  project = await guest({ 'numbers.bench.ts': bench })
}, 60_000)
afterEach(() => project.remove())

const report = (file: string): Promise<string> => project.read(`benchmark-results/latest/${file}`)

describe("templates of the project's own", () => {
  test('replace ours of the same name, in the page and in the summary, and the rest stays', async () => {
    await project.write({
      'benchmark-config.json': reporting({ templates: 'perf-templates' }),
      'perf-templates/verdict.hbs': '<h1 id="verdict">Our release board: {{verdict.sentence}}</h1>',
      'perf-templates/summary.hbs': 'Ours: {{md verdict.sentence}}{{#each rows}} [{{md name}}]{{/each}}',
    })
    const { code, output } = await project.vitest(['bench', '--run'])
    expect(output).not.toContain('was not written')
    expect(code).toBe(0)
    const page = await report('benchmark_report.html')
    expect(page).toContain('Our release board: 1 case measured, nothing was judged')
    expect(page).toContain('All cases')
    expect(await report('benchmark_summary.md')).toMatch(/^Ours: 1 case measured, .* \[sum\]\n$/)
  }, 90_000)

  test('with a mistake cost their own report and no other, and the run says which', async () => {
    await project.write({ 'benchmark-config.json': reporting({ templates: 'mine' }), 'mine/verdict.hbs': '{{verdikt}}' })
    const { code, output } = await project.vitest(['bench', '--run'])
    expect(code).toBe(0)
    expect(output).toMatch(/The report "html" was not written: .*verdikt/)
    expect(await report('benchmark_summary.md')).toContain('# Pass')
  }, 90_000)
})

test('a reporter of the project is one object in the options of the plugin', async () => {
  await project.write({
    'vitest.config.ts': configWith('{ reporters: { board } }').replace(
      'export default',
      `import type { Reporter } from 'vitest-perf/reporters'
const board = {
  file: 'board.txt',
  render: ({ run, view }) => view.verdict.word + ' ' + run.cases.map((one) => one.identity.id).join(),
} satisfies Reporter
export default`,
    ),
  })
  const { code } = await project.vitest(['bench', '--run'])
  expect(code).toBe(0)
  expect(await report('board.txt')).toBe('Pass sum')
  expect(await report('benchmark_report.html')).toContain('All cases')
}, 90_000)

describe('a PDF', () => {
  test('is written where it is asked for', async () => {
    await project.write({ 'benchmark-config.json': reporting({ pdf: true }) })
    const { code, output } = await project.vitest(['bench', '--run'])
    expect(code).toBe(0)
    expect(output).toContain('benchmark_report.pdf')
    expect(await report('benchmark_report.pdf')).toMatch(/^%PDF-/)
  }, 90_000)

  test('without pdfmake is missing with one line that says what to install', async () => {
    await rm(join(project.folder, 'node_modules/pdfmake'))
    await project.write({ 'benchmark-config.json': reporting({ pdf: true }) })
    const { code, output } = await project.vitest(['bench', '--run'])
    expect(code).toBe(0)
    expect(output).toContain('The report "pdf" was not written: A PDF needs the package pdfmake: npm i -D pdfmake')
    expect(await report('benchmark_report.html')).toContain('All cases')
  }, 90_000)
})

test('a quiet run prints the verdict and where the reports are', async () => {
  await project.write({ 'vitest.config.ts': configWith('{ quiet: true }') })
  const { output } = await project.vitest(['bench', '--run'])
  const ours = output.slice(output.indexOf('Reports'))
  expect(ours).toMatch(/^Reports +benchmark-results\S*\/benchmark_report\.html/)
  expect(output).not.toContain('numbers.sum')
  expect(output.trimEnd().split('\n').slice(-3).join()).toContain('PASS 1 case measured, nothing was judged')
}, 90_000)

import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Guest } from '../e2e/guest.ts'
import { program, sumsProject } from './programs.ts'

const state = `
const state = () => JSON.stringify({
  env: process.env, exitCode: process.exitCode ?? null, cwd: process.cwd(),
  listeners: process.eventNames().filter((name) => name !== 'warning').map((name) => [String(name), process.listenerCount(name)]),
})
`

describe('PerformanceBenchmarker', () => {
  let project: Guest
  beforeAll(async () => {
    project = await sumsProject()
  })
  afterAll(() => project.remove())

  it('runs twice in one process, prints nothing and leaves environment, exit code and listeners as they were', async () => {
    const result = await program(
      project,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      ${state}
      process.on('SIGINT', () => {})
      process.exitCode = 7
      const before = state()
      const gates = [{ name: 'impossible', metric: 'sum_of_one.avg_time_ms', operator: 'LessThan', threshold: 0, severity: 'Blocking' }]
      const failing = await new PerformanceBenchmarker({ config: { gates } }).runAllBenchmarks()
      const passing = new PerformanceBenchmarker({ results: 'elsewhere', only: ['sum_of_two'], exporters: ['csv'] })
      const passed = await passing.runAllBenchmarks()
      const same = state() === before
      process.exitCode = 0
      console.log(JSON.stringify({
        same, failing: failing.verdict, passed: passed.verdict.exit_reason, files: passed.files,
        measured: passed.run.cases.filter(({ state }) => state === 'measured').map(({ identity }) => identity.id),
      }))
      `,
      { TERRAPHIM_BENCH_BASELINE: 'none.json' },
    )
    expect(result).toMatchObject({
      same: true,
      failing: { passed: false, exit_reason: 'gate' },
      passed: 'ok',
      measured: ['sum_of_two'],
      files: ['benchmark_results.json', 'benchmark_report.html', 'benchmark_summary.md', 'benchmark_metrics.csv'],
    })
    expect((await readdir(`${project.folder}/elsewhere/latest/`)).toSorted()).toContain('benchmark_metrics.csv')
  }, 120_000)

  it('writes nothing where that is wanted, tells its progress, and gives every report as text', async () => {
    const result = await program(
      project,
      `
      import { existsSync } from 'node:fs'
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      const progress = []
      const benchmarker = new PerformanceBenchmarker({ results: false, onProgress: (one) => progress.push(one) })
      const report = await benchmarker.runAllBenchmarks()
      const again = JSON.parse(await benchmarker.exportJson(report))
      // What a run gave can be what the next one is compared with.
      await benchmarker.loadBaseline(again)
      const second = await benchmarker.runAllBenchmarks({ only: ['sum of one'] })
      console.log(JSON.stringify({
        folder: report.folder ?? null,
        html: (await benchmarker.exportHtml(report)).startsWith('<!doctype html>'),
        markdown: (await benchmarker.exportMarkdown(report)).startsWith('# Pass'),
        pdf: new TextDecoder('latin1').decode((await benchmarker.exportPdf(report)).subarray(0, 5)),
        junit: (await benchmarker.export(report, 'junit')).startsWith('<?xml'),
        unknown: await benchmarker.export(report, 'jnuit').catch(({ code }) => code),
        schema: again.schema,
        progress: progress.slice(0, 4).map(({ type, name, finished }) => [type, name, finished].filter((one) => one !== undefined)),
        compared: second.run.cases.filter(({ comparison }) => comparison).map(({ identity, comparison }) => [identity.id, comparison.runs]),
      }))
      `,
    )
    expect(result).toEqual({
      folder: null,
      html: true,
      markdown: true,
      pdf: '%PDF-',
      junit: true,
      unknown: 'OPTION_INVALID',
      schema: 'vitest-perf/1',
      progress: [['started'], ['case', 'sum of one', 1], ['case', 'sum of two', 2], ['finished']],
      compared: expect.arrayContaining([['sum_of_one', 1]]),
    })
  }, 120_000)

  it('ends a run whose signal is aborted, keeps what was measured, and runs again after it', async () => {
    await project.write({
      'src/long.bench.ts': `import { bench } from 'vitest-perf'\nbench('long', { time: '60s', memory: false }, () => 1)\n`,
    })
    const result = await program(
      project,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      ${state}
      const before = state()
      const controller = new AbortController()
      const benchmarker = new PerformanceBenchmarker({ results: false })
      const stopped = await benchmarker.runAllBenchmarks({
        files: ['sums', 'long'], signal: controller.signal,
        onProgress: ({ type, name }) => { if (name === 'sum of two') setTimeout(() => controller.abort(), 500) },
      })
      const late = await benchmarker.runAllBenchmarks({ signal: AbortSignal.abort(new Error('never mind')) }).catch(({ message }) => message)
      const next = await benchmarker.runAllBenchmarks({ files: ['sums'] })
      console.log(JSON.stringify({
        stopped: stopped.verdict.exit_reason, kept: stopped.run.cases.filter(({ state }) => state === 'measured').length >= 2,
        late, next: next.verdict.exit_reason, same: state() === before,
      }))
      `,
    )
    await project.write({ 'src/long.bench.ts': '' })
    expect(result).toEqual({ stopped: 'interrupted', kept: true, late: 'never mind', next: 'ok', same: true })
  }, 120_000)

  it('says what is wrong before it runs anything', async () => {
    await project.write({
      'bare/package.json': '{ "type": "module" }',
      'bare/a.bench.ts': `import { test } from 'vitest'\ntest('a', async ({ bench }) => { await bench('a', () => 1).run({ time: 10 }) })`,
      'bare/vitest.config.ts': 'export default {}',
    })
    const result = await program(
      project,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      const code = ({ code }) => code
      const tried = (make) => { try { return make() } catch (error) { return error.code } }
      const benchmarker = new PerformanceBenchmarker({ results: false })
      console.log(JSON.stringify([
        tried(() => new PerformanceBenchmarker({ config: { gates: [{ name: 'x' }] } })),
        await benchmarker.loadBaseline('nowhere.json').catch(code),
        await benchmarker.loadBaseline({ results: 3 }).catch(code),
        await benchmarker.runAllBenchmarks({ files: ['no-such-file'] }).catch(code),
        await new PerformanceBenchmarker({ root: 'bare' }).runAllBenchmarks().catch(code),
        await new PerformanceBenchmarker({ config: 'nowhere.json' }).runAllBenchmarks().catch(code),
        await benchmarker.runAllBenchmarks({ files: ['sums'], onProgress: () => { throw Object.assign(new Error(), { code: 'MINE' }) } }).catch(code),
      ]))
      `,
    )
    expect(result).toEqual([
      'CONFIG_INVALID',
      'BASELINE_UNREADABLE',
      'BASELINE_UNREADABLE',
      'NO_BENCHES',
      'PLUGIN_MISSING',
      'CONFIG_UNREADABLE',
      'MINE',
    ])
  }, 120_000)
})

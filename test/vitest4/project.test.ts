import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../cli/command-line.ts'
import { configWith, guest, type Guest } from '../e2e/guest.ts'
import { program } from '../programmatic/programs.ts'
import { notHere, vitest4 } from './installed.ts'

const passing = `
import { bench } from 'vitest-perf'
bench.track('size', () => 12, { unit: 'B' })
bench('sum', { time: '30ms' }, () => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })
`
const gate = (threshold: number) =>
  JSON.stringify({ gates: [{ name: 'Size', metric: 'size.value', operator: 'LessThan', threshold, severity: 'Blocking' }] })

describe('a project of Vitest 4.1', () => {
  let modules: string | undefined
  let project: Guest | undefined
  const stranger = async (files: Readonly<Record<string, string>>): Promise<Guest> => (project = await guest(files, modules))
  beforeAll(async () => {
    modules = await vitest4()
  }, 150_000)
  afterEach(async () => {
    await project?.remove()
    project = undefined
  })

  it('passes with a gate that passes, fails with one that fails, and continues its baseline', async ({ skip }) => {
    if (!modules) skip(notHere)
    const { vitest, write, results, read } = await stranger({
      'a.bench.ts': passing,
      'benchmark-config.json': gate(100),
      'vitest.config.ts': configWith('{ updateBaseline: true }'),
    })
    const good = await vitest(['bench', '--run'])
    expect(good.code, good.output).toBe(0)
    expect(JSON.parse(await read('benchmark-results/baseline.json'))).toHaveProperty('schema')
    await write({ 'benchmark-config.json': gate(10) })
    const bad = await vitest(['bench', '--run'])
    expect(bad.code).toBe(1)
    const { verdict, results: cases } = await results()
    expect(verdict).toMatchObject({ passed: false, exit_reason: 'gate' })
    expect(cases.size.comparison).toMatchObject({ verdict: 'unchanged' })
  }, 120_000)

  it('runs what a filter asks for, and misses nothing else', async ({ skip }) => {
    if (!modules) skip(notHere)
    const { vitest, results } = await stranger({
      'a.bench.ts': passing,
      'b.bench.ts': passing.replaceAll(`'s`, `'other s`),
      'benchmark-config.json': gate(100),
    })
    const { code, output } = await vitest(['bench', '--run', 'b.bench', '-t', 'other sum'])
    expect(code, output).toBe(0)
    const { results: cases, gates } = await results()
    expect(Object.entries<{ state: string }>(cases).map(([id, { state }]) => [id, state])).toEqual([
      ['other_size', 'skipped'],
      ['other_sum', 'measured'],
    ])
    expect(gates).toMatchObject([{ name: 'Size', outcome: 'missing' }])
  }, 60_000)

  it('may have several Vitest projects, whose cases are told apart, in processes and in threads', async ({ skip }) => {
    if (!modules) skip(notHere)
    const of = (name: string, pool: string) =>
      `{ plugins: [perf()], test: { name: '${name}', pool: '${pool}', benchmark: { include: ['*.bench.ts'] } } }`
    const { vitest, results } = await stranger({
      'a.bench.ts': passing,
      'vitest.config.ts': `
        import { defineConfig } from 'vitest/config'
        import { perf } from 'vitest-perf/plugin'
        export default defineConfig({ test: { projects: [${of('first', 'forks')}, ${of('second', 'threads')}] } })`,
    })
    const { code, output } = await vitest(['bench', '--run'])
    expect(code, output).toBe(0)
    expect(Object.keys((await results()).results).toSorted()).toEqual(['first:size', 'first:sum', 'second:size', 'second:sum'])
  }, 60_000)

  it('runs hooks and tests of a bench file, limits the time of native benchmarks, and takes the place of another runner', async ({
    skip,
  }) => {
    if (!modules) skip(notHere)
    const { vitest, results, read } = await stranger({
      'a.bench.ts': `
        import { beforeAll, bench as native, expect, test } from 'vitest'
        import { bench, describePerf } from 'vitest-perf'
        let ready = false
        beforeAll(() => { ready = true })
        test('a test', () => expect(ready).toBe(true))
        bench('hooked', { time: '30ms' }, () => { if (!ready) throw new Error('not ready') })
        describePerf('limited', { timeout: '1s' }, () => { native('hangs', () => new Promise(() => {})) })`,
      'runner.mjs': `import { TestRunner } from 'vitest'; export default class extends TestRunner {}`,
      'vitest.config.ts': `
        import { defineConfig } from 'vitest/config'
        import { perf } from 'vitest-perf/plugin'
        export default defineConfig({ plugins: [perf()], test: { runner: './runner.mjs' } })`,
    })
    const { code, output } = await vitest(['bench', '--run', '--outputJson', 'own.json'])
    expect(code).toBe(1)
    expect(output).toMatch(/the runner .*runner\.mjs is left out/)
    const { results: cases } = await results()
    expect(cases.hooked).toMatchObject({ state: 'measured' })
    expect(cases.limited_hangs.errors[0]).toMatchObject({
      code: 'CASE_TIMEOUT',
      message: expect.stringContaining('it took longer than 1000 ms'),
    })
    expect(output).toContain('1 failed')
    const [group] = JSON.parse(await read('own.json')).files[0].groups
    expect(group.benchmarks).toMatchObject([{ name: 'hooked', mean: expect.closeTo(cases.hooked.metrics.avg_time_ms, 12) }])
  }, 60_000)

  it('is left alone by a plain `vitest run`', async ({ skip }) => {
    if (!modules) skip(notHere)
    const { vitest, results } = await stranger({
      'a.bench.ts': passing,
      'a.test.ts': `import { expect, test } from 'vitest'; test('plain', ({ task }) => expect(task.meta).toEqual({}))`,
      // Would fail the run as soon as it were read.
      'vitest.config.ts': configWith(`{ config: 'there-is-none.json' }`),
    })
    const { code, output } = await vitest(['run'])
    expect(code, output).toBe(0)
    expect(output).toContain('1 passed')
    await expect(results()).rejects.toMatchObject({ code: 'ENOENT' })
  }, 60_000)

  it('is run by the command line and by programs as well, which hear how far it is', async ({ skip }) => {
    if (!modules) skip(notHere)
    const own = await stranger({ 'a.bench.ts': passing, 'benchmark-config.json': gate(10) })
    const { code, out } = await command(own.folder, ['run', '--only', 'size'])
    expect(code, out).toBe(2)
    const told = await program(
      own,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      const told = []
      const report = await new PerformanceBenchmarker({ results: false }).runAllBenchmarks({ onProgress: ({ type }) => told.push(type) })
      console.log(JSON.stringify({ told, reason: report.verdict.exit_reason, code: process.exitCode ?? 0 }))`,
    )
    expect(told).toEqual({ told: ['started', 'case', 'case', 'finished'], reason: 'gate', code: 0 })
  }, 90_000)
})

import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from '../e2e/guest.ts'
import { notHere, vitest4 } from './installed.ts'

const benches = `
import { bench, describePerf, notApplicable } from 'vitest-perf'
import { add } from './add.ts'
describePerf('sums', () => {
  bench('sum', { time: '100ms' }, () => { let s = 0; for (let i = 0; i < 1000; i++) s = add(s, i); return s })
  bench.each([10, 20])('sum to %i', { time: '50ms' }, (n) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s })
  bench('throws', { time: '50ms' }, () => { throw new Error('this one is broken') })
  bench.skip('left out', () => 1)
  bench.todo('later')
  bench.track('size', () => 1234, { unit: 'B' })
  bench.track('score', () => notApplicable('no scores here: set SCORES'))
  bench.compare('orders', { up: () => [1, 2, 3].sort(), down: () => [3, 2, 1].sort() }, { time: '100ms' })
  bench.scale('growth', { over: [100, 1000], setup: (n) => Array.from({ length: n }, (_, i) => i), time: '50ms' }, (all) => all.reduce(add, 0))
})
`

const server = `
import { createServer } from 'node:http'
createServer((request, response) => response.end('{ "status": "success" }')).listen(process.env.PORT, '127.0.0.1')
`

const http = `
import { bench, describePerf } from 'vitest-perf'
describePerf('server', () => {
  bench.http('answers', { path: '/' }, { connections: 2, duration: '600ms', warmup: '100ms', check: (response) => response.json().status === 'success' })
  bench.observe('idle', { duration: '500ms' })
})
`

// As written for Vitest 4, without us.
const native = `
import { bench, describe } from 'vitest'
describe('sorting', () => {
  const hooks = []
  bench('quick', () => { [3, 1, 2].sort() }, { time: 50, warmupTime: 10, setup: ({ name }, mode) => { hooks.push(name, mode) } })
  bench('slow', () => { if (hooks.join() !== 'quick,run') throw new Error('hooks were ' + hooks); for (let i = 0; i < 20000; i++) Math.sqrt(i) }, { time: 50 })
  bench('breaks', () => { throw new Error('native trouble') })
  bench.skip('left', () => {})
  bench.todo('to do')
})
`

const gates = JSON.stringify({
  gates: [
    { name: 'Sum is quick', metric: 'sum.avg_time_ms', operator: 'LessThan', threshold: 1000, severity: 'Blocking' },
    { name: 'Size is small', metric: 'size.value', operator: 'LessThan', threshold: 1000, severity: 'Blocking' },
    { name: 'Answers come', metric: 'answers.success_rate', operator: 'GreaterThanOrEqual', threshold: 50, severity: 'Blocking' },
  ],
})

interface Case {
  readonly state: string
  readonly kind: string
  readonly suite: string
  readonly line: number
  readonly metrics: Readonly<Record<string, number>>
  readonly errors: readonly { readonly message: string; readonly code?: string }[]
  readonly findings: readonly { readonly code: string }[]
  readonly reason?: string
}

describe('under Vitest 4.1', () => {
  let modules: string | undefined
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    modules = await vitest4()
    if (modules === undefined) return
    project = await guest(
      {
        'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', ready: '/' } }`),
        'benchmark-config.json': gates,
        'server.mjs': server,
        'src/add.ts': 'export function add(a: number, b: number): number { return a + b }',
        'src/sums.bench.ts': benches,
        'src/http.bench.ts': http,
        'src/native.bench.ts': native,
        'src/plain.test.ts': `import { test } from 'vitest'; test('plain', () => {})`,
      },
      modules,
    )
    run = await project.vitest(['bench', '--run'])
    results = await project.results().catch(() => ({}))
  }, 300_000)
  afterAll(() => project?.remove())

  const one = (id: string): Case => results.results[id]
  const ids = (state: string): string[] =>
    Object.entries<Case>(results.results)
      .filter(([, found]) => found.state === state)
      .map(([id]) => id)
      .toSorted()

  it('measures every kind of case, on a server that it starts, and native benchmarks beside them', ({ skip }) => {
    if (!modules) skip(notHere)
    expect(run.output).toContain('v4.1.')
    expect(ids('measured')).toEqual(
      ['answers', 'growth', 'growth_100', 'growth_1000', 'idle', 'orders_down', 'orders_up', 'size', 'sorting_quick', 'sorting_slow', 'sum']
        .concat('sum_to_10', 'sum_to_20')
        .toSorted(),
    )
    expect(one('answers')).toMatchObject({ kind: 'http', suite: 'server', line: 4, metrics: { success_rate: 100 } })
    expect(one('sum')).toMatchObject({ kind: 'function', suite: 'sums', line: 5 })
    expect(one('sorting_slow')).toMatchObject({ kind: 'function', suite: 'sorting', line: 6 })
    expect(one('sorting_slow').metrics['avg_time_ms']).toBeGreaterThan(one('sorting_quick').metrics['avg_time_ms'] ?? Infinity)
    expect(one('answers').metrics['memory_mb']).toBeGreaterThan(1)
  })

  it('reads imports of user modules as plain properties there too', ({ skip }) => {
    if (!modules) skip(notHere)
    expect(one('sum').findings.map(({ code }) => code)).not.toContain('module_getter')
  })

  it('fails a case that throws, without numbers and with the place, a native one as well', ({ skip }) => {
    if (!modules) skip(notHere)
    expect(ids('failed')).toEqual(['sorting_breaks', 'throws'])
    expect(one('throws').errors[0]).toMatchObject({ code: 'CASE_THREW', message: expect.stringContaining('this one is broken') })
    expect(one('sorting_breaks').errors[0]).toMatchObject({ code: 'CASE_THREW', message: expect.stringContaining('native trouble') })
    expect(one('throws')).toMatchObject({ line: 7 })
    expect(one('throws').metrics).toBeUndefined()
    expect(run.output).toContain('src/native.bench.ts:7')
  })

  it('keeps what did not run in its place', ({ skip }) => {
    if (!modules) skip(notHere)
    expect(ids('skipped')).toEqual(['later', 'left_out', 'sorting_left', 'sorting_to_do'])
    expect(one('score')).toMatchObject({ state: 'not_applicable', reason: 'no scores here: set SCORES' })
  })

  it('judges gates, says so in the exit code, and writes the reports', async ({ skip }) => {
    if (!modules) skip(notHere)
    expect(run.code).toBe(1)
    const outcomes = results.gates.map(({ name, outcome }: { name: string; outcome: string }) => [name, outcome])
    expect(outcomes).toEqual([
      ['Sum is quick', 'passed'],
      ['Size is small', 'failed'],
      ['Answers come', 'passed'],
    ])
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'failed_case' })
    const files = await readdir(`${project.folder}/benchmark-results/latest/`)
    expect(files.toSorted()).toEqual(['benchmark_report.html', 'benchmark_results.json', 'benchmark_summary.md'])
    expect(results.environment.vitest).toMatch(/^4\.1\./)
  })

  it('shows its cases in Vitest’s own table, and does not rank what need not be comparable', ({ skip }) => {
    if (!modules) skip(notHere)
    expect(run.output).toMatch(/· sum to 10 +[\d,.]+ +[\d.]+/)
    expect(run.output).toMatch(/quick - [^]*faster than slow/)
    expect(run.output).not.toMatch(/faster than (sum|orders|answers)/)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readdir } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

const benches = `
import { bench, describePerf, notApplicable } from 'vitest-perf'
describePerf('sums', () => {
  bench('sum', { time: '100ms' }, () => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })
  bench.each([10, 20])('sum to %i', { time: '50ms' }, (n) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s })
  bench('throws', { time: '50ms' }, () => { throw new Error('this one is broken') })
  bench.skip('left out', () => 1)
  bench.todo('later')
  bench.track('size', () => 1234, { unit: 'B' })
  bench.track('score', () => notApplicable('no scores here: set SCORES'))
  bench.compare('orders', { up: () => [1, 2, 3].sort(), down: () => [3, 2, 1].sort() }, { time: '100ms' })
})
`

const native = `
import { test } from 'vitest'
test('native sum', async ({ bench }) => {
  const result = await bench('native sum', () => { let s = 0; for (let i = 0; i < 100; i++) s += i; return s }).run({ time: 50, warmupTime: 10 })
  if (!(result.latency.mean > 0)) throw new Error('no mean')
})
test('sorting', async ({ bench, expect }) => {
  const stored = await bench.compare(
    bench('quick', () => [3, 1, 2].sort(), ),
    bench('slow', () => { let s = 0; for (let i = 0; i < 20000; i++) s += Math.sqrt(i); return s }),
    { time: 50, warmupTime: 10 },
  )
  expect(stored.get('quick')).toBeFasterThan(stored.get('slow'))
})
`

describe('a stranger’s first run', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({
      'src/sums.bench.ts': benches,
      'src/native.bench.ts': native,
      'src/plain.test.ts': `import { test } from 'vitest'; test('plain', () => {})`,
    })
    run = await project.vitest(['bench', '--run'])
    results = await project.results()
  }, 90_000)
  afterAll(() => project.remove())

  it('measures each case and keeps native benchmarks beside ours, without an edit', () => {
    const measured = Object.entries<{ state: string }>(results.results).filter(([, { state }]) => state === 'measured')
    expect(measured.map(([id]) => id).toSorted()).toEqual(
      ['native_sum', 'orders_down', 'orders_up', 'size', 'sorting_quick', 'sorting_slow', 'sum', 'sum_to_10', 'sum_to_20'].toSorted(),
    )
    for (const id of ['sum', 'native_sum', 'sorting_quick']) expect(results.results[id].metrics.avg_time_ms).toBeGreaterThan(0)
    expect(results.results.size.metrics.value).toBe(1234)
  })

  it('says where each case stands', () => {
    const { file, line, suite, kind } = results.results.sum
    expect({ file, line, suite, kind }).toEqual({ file: 'src/sums.bench.ts', line: 4, suite: 'sums', kind: 'function' })
  })

  it('gives a case that throws no numbers, and fails with its reason', () => {
    expect(results.results.throws).toMatchObject({ state: 'failed' })
    expect(results.results.throws).not.toHaveProperty('metrics')
    expect(JSON.stringify(results.results.throws.errors)).toContain('this one is broken')
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'failed_case' })
    expect(run.code).toBe(1)
  })

  it('keeps skipped and not applicable apart, both without numbers', () => {
    expect(results.results.left_out).toMatchObject({ state: 'skipped' })
    expect(results.results.later).toMatchObject({ state: 'skipped' })
    expect(results.results.score).toMatchObject({ state: 'not_applicable', reason: 'no scores here: set SCORES' })
    expect(results.results.score).not.toHaveProperty('metrics')
  })

  it('starts no server, for none is configured', () => {
    expect(JSON.stringify(results)).not.toContain('listening')
    expect(results.results.sum).not.toHaveProperty('metrics.startup_time_ms')
  })

  it('writes what the published schema allows', async () => {
    const schema = JSON.parse(await project.read('node_modules/vitest-perf/schema/vitest-perf-1.schema.json'))
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
    validate(results)
    expect(validate.errors).toBeNull()
  })

  it('writes the four reports of a run and no half file', async () => {
    const files = await readdir(`${project.folder}/benchmark-results/latest/`)
    expect(files.toSorted()).toEqual(['benchmark_report.html', 'benchmark_results.json', 'benchmark_summary.md'])
  })

  it('keeps Vitest’s own table and ends with the verdict', () => {
    expect(run.output).toMatch(/sum\s+[\d,.]+/)
    expect(run.output).toMatch(/bench\(.*sum|✓|sums/)
    expect(run.output.trim().split('\n').slice(-6).join('\n')).toMatch(/fail/i)
  })

  it('leaves a plain `vitest run` alone', async () => {
    const plain = await project.vitest(['run'])
    expect(plain.code).toBe(0)
    expect(plain.output).not.toMatch(/gate|SLO|benchmark-results/i)
  }, 60_000)
})

describe('a run that measured nothing', () => {
  it('is not a pass', async () => {
    const project = await guest({
      'a.bench.ts': `import { bench } from 'vitest-perf'; bench.skip('nothing', () => 1)`,
      'vitest.config.ts': configWith(''),
    })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(1)
    expect((await project.results()).verdict).toMatchObject({ passed: false, exit_reason: 'infrastructure' })
    await project.remove()
  }, 60_000)
})

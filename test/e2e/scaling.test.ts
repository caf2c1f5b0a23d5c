import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

/** Answers one request at a time, each after `wait` ms: throughput is capped, and the cap is known. */
const server = `
import { createServer } from 'node:http'
let last = Promise.resolve()
const wait = 5
createServer((request, response) => {
  last = last.then(() => new Promise((resolve) => setTimeout(() => { response.end('ok'); resolve() }, wait)))
}).listen(Number(process.env.PORT), '127.0.0.1')
`

const benches = `
import { bench, describePerf, notApplicable } from 'vitest-perf'
describePerf('sizes', { time: '150ms', warmup: '50ms' }, () => {
  bench.scale('sum', { over: [200, 2_000, 20_000, 200_000], setup: (n) => Array.from({ length: n }, (_, i) => i), teardown: (list) => { list.length = 0 } },
    (list) => { let sum = 0; for (const one of list) sum += one; return sum })
  bench.scale('with context', { over: [1, 2], setup: async (n, { task }) => ({ n, name: task.name }) }, ({ n, name }, { task }) => {
    if (name !== task.name) throw new Error('another context')
    return n
  })
  bench.scale('breaks', { over: [1, 10], setup: (n) => n }, (n) => { if (n > 5) throw new Error('too large for me') })
  bench.scale('elsewhere', { over: [1, 10], setup: () => notApplicable('no such thing here: set THING') }, () => 1)
})
describePerf('loads', { warmup: '100ms' }, () => {
  bench.users('concurrent_users', { path: '/' }, { over: [1, 2, 4, 8], duration: '1s' })
  bench.capacity('capacity', { path: '/' }, { keep: 'p95_time_ms < 100', from: 20, to: 2_000, probe: '1s', step: 1.2, repeats: 2 })
  bench.capacity('never', { path: '/' }, { keep: 'p50_time_ms < 1', from: 20, to: 100, probe: '500ms' })
  bench.capacity('always', { path: '/' }, { keep: ['p50_time_ms < 5000', 'success_rate > 90'], from: 20, to: 40, probe: '500ms' })
})
`

const gates = {
  gates: [
    { name: 'linear at most', metric: 'sum.scaling_exponent', operator: 'LessThan', threshold: 20, severity: 'Blocking' },
    { name: 'a level', metric: 'concurrent_users_4.success_rate', operator: 'GreaterThan', threshold: 90, severity: 'Blocking' },
    { name: 'a size', metric: 'sum_2000.avg_time_ms', operator: 'LessThan', threshold: 1_000, severity: 'Blocking' },
    { name: 'a rate', metric: 'capacity.capacity_rps', operator: 'GreaterThan', threshold: 1, severity: 'Blocking' },
  ],
}

describe('sizes, users and rates in a stranger’s project', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({
      'server.mjs': server,
      'a.bench.ts': benches,
      'benchmark-config.json': JSON.stringify(gates),
      'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs' } }`),
    })
    run = await project.vitest(['bench', '--run'])
    results = await project.results()
  }, 180_000)
  afterAll(() => project?.remove())

  it('give the exponent of a linear case with its interval, and its memory', () => {
    const { metrics, intervals, scaling, kind, samples } = results.results['sum']
    expect(kind).toBe('scale')
    expect(samples.points.map(({ n }: { n: number }) => n)).toEqual([200, 2_000, 20_000, 200_000])
    // A busy machine blurs it; that it is neither constant nor quadratic is seen on any.
    expect(metrics.scaling_exponent).toBeGreaterThan(0.6)
    expect(metrics.scaling_exponent).toBeLessThan(1.5)
    expect(intervals.scaling_exponent[0]).toBeLessThanOrEqual(metrics.scaling_exponent)
    expect(['O(n)', 'O(n log n)', 'undecided']).toContain(scaling.time.complexity)
    expect(scaling.memory.points.at(-1).point).toBeGreaterThan(200_000)
  })

  it('make a case of each size and of each number of users, which gates can name', () => {
    for (const n of [200, 2_000, 20_000, 200_000]) {
      expect(results.results[`sum_${n}`]).toMatchObject({ state: 'measured', kind: 'function', samples: { type: 'samples' } })
    }
    for (const n of [1, 2, 4, 8]) {
      expect(results.results[`concurrent_users_${n}`]).toMatchObject({ state: 'measured', kind: 'http', samples: { type: 'load' } })
      expect(results.results[`concurrent_users_${n}`].metrics.cpu_percent).toBeGreaterThanOrEqual(0)
    }
    expect(results.gates.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['passed', 'passed', 'passed', 'passed'])
  })

  it('hand setup, body and teardown the subject and the context', () => {
    expect(results.results['with_context'].state).toBe('measured')
    expect(results.results['with_context_2'].state).toBe('measured')
  })

  it('say that the knee of a server that serves one at a time is at once', () => {
    const { scaling, metrics, samples, findings } = results.results['concurrent_users']
    expect(samples.points).toHaveLength(4)
    expect(scaling.type).toBe('concurrency')
    expect(scaling.law.sigma.point).toBeGreaterThan(0.3)
    // On a machine too busy to tell, it says so and names none.
    const unsure = findings.some(({ code }: { code: string }) => code === 'knee_unsure')
    expect(metrics.knee_concurrency ?? (unsure ? 0 : 99)).toBeLessThan(4)
    expect(metrics.peak_requests_per_second).toBeGreaterThan(0)
  })

  it('find the rate that keeps the objective, below what the server can do', () => {
    const { metrics, intervals, scaling, samples } = results.results['capacity']
    expect(metrics.capacity_rps).toBeGreaterThan(20)
    expect(metrics.capacity_rps).toBeLessThan(220)
    expect(intervals.capacity_rps[0]).toBeLessThan(intervals.capacity_rps[1])
    expect(scaling.rates.length).toBeGreaterThan(3)
    expect(samples.probes.some(({ kept, reason }: { kept: boolean; reason: string }) => !kept && reason !== '')).toBe(true)
  })

  it('give no figure where not even the lowest rate keeps it, and say that a highest rate was kept', () => {
    expect(results.results['never'].metrics).not.toHaveProperty('capacity_rps')
    expect(results.results['never'].findings).toContainEqual(
      expect.objectContaining({ code: 'capacity_beyond', facts: expect.objectContaining({ side: 'below', rate: 20 }) }),
    )
    expect(results.results['always'].metrics.capacity_rps).toBe(40)
    expect(results.results['always'].findings).toContainEqual(
      expect.objectContaining({ code: 'capacity_beyond', facts: expect.objectContaining({ side: 'above', rate: 40 }) }),
    )
  })

  it('fail or do not apply as a whole', () => {
    expect(results.results['breaks'].state).toBe('failed')
    expect(JSON.stringify(results.results['breaks'].errors)).toContain('too large for me')
    for (const id of ['elsewhere', 'elsewhere_1', 'elsewhere_10']) {
      expect(results.results[id]).toMatchObject({ state: 'not_applicable', reason: 'no such thing here: set THING' })
    }
    expect(run.code).toBe(1)
  })

  it('are what the published schema allows', async () => {
    const schema = JSON.parse(await project.read('node_modules/vitest-perf/schema/vitest-perf-1.schema.json'))
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
    validate(results)
    expect(validate.errors).toBeNull()
  })
})

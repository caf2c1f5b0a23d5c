import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

const server = `
import { createServer } from 'node:http'
const server = createServer((request, response) => {
  if (request.url === '/lies') return response.end(JSON.stringify({ status: 'error' }))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ status: 'success' }))
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on http://127.0.0.1:' + server.address().port))
`

const benches = `
import { bench, describePerf } from 'vitest-perf'
describePerf('api', { time: '600ms', warmup: '100ms' }, () => {
  bench.http('search_api', { path: '/' }, { connections: 2, check: (r) => r.json().status === 'success' })
  bench.http('lies', { path: '/lies' }, { connections: 2, check: (r) => r.json().status === 'success' })
  bench.track('ready', async ({ server }) => (await fetch(server.url)).status, { unit: 'status' })
  bench.observe('resource_monitoring_idle', { duration: '600ms' })
})
`

const gates = {
  gates: [
    { name: 'quick enough', metric: 'search_api.avg_time_ms', operator: 'LessThan', threshold: 10_000, severity: 'Blocking' },
    { name: 'impossible', metric: 'search_api.p95_time_ms', operator: 'LessThan', threshold: 0.000_001, severity: 'Blocking' },
    { name: 'misspelt', metric: 'search_api.avg_tmie_ms', operator: 'LessThan', threshold: 1, severity: 'Warning' },
    { name: 'all succeed', metric: '*.success_rate', operator: 'GreaterThanOrEqual', threshold: 99, severity: 'Warning' },
  ],
}

describe('a server under load, judged by gates', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({
      'server.mjs': server,
      'api.bench.ts': benches,
      'benchmark-config.json': JSON.stringify(gates),
      'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', ready: '/' } }`),
    })
    run = await project.vitest(['bench', '--run'])
    results = await project.results()
  }, 90_000)
  afterAll(() => project.remove())

  it('is measured and sampled in its own process', () => {
    const { search_api } = results.results
    expect(search_api).toMatchObject({ state: 'measured', kind: 'http' })
    for (const metric of [
      'avg_time_ms',
      'p50_time_ms',
      'p95_time_ms',
      'requests_per_second',
      'cpu_percent',
      'memory_mb',
      'thread_count',
      'startup_time_ms',
    ]) {
      expect(search_api.metrics[metric], metric).toBeGreaterThan(0)
    }
    expect(search_api.metrics.success_rate).toBe(100)
    expect(Object.keys(search_api.resources).toSorted()).toEqual(['generator', 'server', 'worker'])
  })

  it('counts an answer of status "error" under HTTP 200 as a failure', () => {
    expect(results.results.lies.metrics.success_rate).toBe(0)
    expect(results.results.lies.metrics.check_error_count).toBeGreaterThan(0)
  })

  it('is watched while idle', () => {
    expect(results.results.resource_monitoring_idle).toMatchObject({ state: 'measured', kind: 'observe' })
    expect(results.results.resource_monitoring_idle.metrics.memory_mb).toBeGreaterThan(0)
  })

  it('hands its address to a case that asks for it', () => {
    expect(results.results.ready.metrics.value).toBe(200)
  })

  it('fails the run by a blocking gate that cannot be met, with the actual value and the place', () => {
    expect(run.code).toBe(1)
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'gate' })
    const impossible = results.gates.find(({ name }: { name: string }) => name === 'impossible')
    expect(impossible).toMatchObject({ outcome: 'failed', severity: 'Blocking' })
    expect(impossible.actual).toBe(results.results.search_api.metrics.p95_time_ms)
    expect(impossible.message).toMatch(/api\.bench\.ts:4/)
    expect(run.output).toMatch(/impossible/)
  })

  it('judges each case that a star names', () => {
    const stars = results.gates.filter(({ name }: { name: string }) => name === 'all succeed')
    expect(stars.map(({ metric, outcome }: { metric: string; outcome: string }) => [metric, outcome])).toEqual(
      expect.arrayContaining([
        ['search_api.success_rate', 'passed'],
        ['lies.success_rate', 'failed'],
      ]),
    )
  })

  it('asks whether a misspelt metric was meant otherwise', () => {
    const misspelt = results.gates.find(({ name }: { name: string }) => name === 'misspelt')
    expect(misspelt).toMatchObject({ outcome: 'missing', actual: null })
    expect(misspelt.message).toMatch(/did you mean.*avg_time_ms/i)
  })
})

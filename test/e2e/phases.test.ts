import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

/** Blocks for two seconds at the fifth request of a load, which is within its warm-up; ends where it is told to. */
const server = `
import { createServer } from 'node:http'
let requests = 0
createServer((request, response) => {
  if (request.url === '/die') process.exit(3)
  if (request.url === '/work' && ++requests === 5) {
    const end = Date.now() + 2000
    while (Date.now() < end);
  }
  response.end('ok')
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'))
`
const benches = `
import { test } from 'vitest'
import { bench } from 'vitest-perf'
bench.http('load', { path: '/work' }, { connections: 1, duration: '1s', warmup: '3s' })
bench.http('ramp', { path: '/' }, { stages: [{ rate: 100, duration: '500ms' }, { rate: 50, duration: '500ms' }], warmup: '200ms' })
bench('hooked', { time: '300ms', warmup: '2s', setup: () => {}, teardown: () => {} }, () => Math.sqrt(2))
bench.compare('rivals', { a: () => Math.sqrt(2), b: () => 2 ** 0.5 }, { time: '100ms', warmup: '50ms' })
bench.scale('sizes', { over: [1, 2], setup: (n) => n, teardown: () => {}, time: '50ms', warmup: '50ms' }, (n) => n + 1)
bench.track('tracked', async () => { await new Promise((resolve) => setTimeout(resolve, 600)); return 1 })
test('native', async ({ bench }) => { await bench('native', () => Math.sqrt(2)).run({ time: 300, warmupTime: 50 }) })
bench.track('killer', async ({ server }) => { await fetch(server.url + '/die').catch(() => {}); await server.exited; return 1 })
bench.http('after the crash', { path: '/' }, { connections: 1, duration: '300ms', warmup: '0ms' })
bench.http('long after', { path: '/' }, { connections: 1, duration: '300ms', warmup: '0ms' })
`

describe.runIf(process.platform === 'linux')('figures of processes', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({
      'server.mjs': server,
      'api.bench.ts': benches,
      'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', ready: '/' } }`),
    })
    run = await project.vitest(['bench', '--run'])
    results = (await project.results()).results
  }, 120_000)
  afterAll(() => project.remove())

  interface Phase {
    readonly name: string
    readonly from_ms: number
    readonly to_ms: number
  }
  const phasesOf = (id: string): readonly Phase[] => results[id].phases
  const lengthOf = (id: string, name: string): number => {
    const phase = phasesOf(id).find((one) => one.name === name)!
    return phase.to_ms - phase.from_ms
  }
  /** The time that CPU figures are about: a share and what it is a share of. */
  const stretchOf = (id: string, subject: string): number => {
    const { cpu_time_ms, cpu_percent } = results[id].resources[subject].metrics
    return (cpu_time_ms / cpu_percent) * 100
  }

  it('are about the measured phase of a load, without generator start and warm-up', () => {
    expect(run.code, run.output).toBe(0)
    expect(phasesOf('load').map(({ name }) => name)).toEqual(['warm-up', 'measure', 'done'])
    expect(lengthOf('load', 'warm-up')).toBeGreaterThan(2900)
    expect(Math.abs(stretchOf('load', 'server') - lengthOf('load', 'measure'))).toBeLessThan(700)
    expect(results.load.metrics.event_loop_delay_max_ms).toBeLessThan(1500)
    expect(results.load.metrics.event_loop_delay_p99_ms).toBeLessThan(1500)
    const delays = results.load.resources.server.series.find(({ metric }: { metric: string }) => metric === 'event_loop_delay_max_ms')
    expect(Math.max(...delays.values)).toBeGreaterThan(1500)
  })

  it('are about the samples of a function, without its set-up, warm-up and memory pass', () => {
    expect(phasesOf('hooked').map(({ name }) => name)).toEqual(['setup', 'warm-up', 'measure', 'checks', 'memory', 'teardown'])
    expect(lengthOf('hooked', 'warm-up')).toBeGreaterThan(1900)
    expect(Math.abs(stretchOf('hooked', 'worker') - lengthOf('hooked', 'measure'))).toBeLessThan(500)
    for (const id of ['rivals_a', 'native']) {
      expect(phasesOf(id).map(({ name }) => name), id).toEqual(['warm-up', 'measure', 'checks', 'memory']) // prettier-ignore
    }
    expect(phasesOf('sizes_1').map(({ name }) => name)).toEqual(['setup', 'warm-up', 'measure', 'checks', 'memory', 'teardown'])
  })

  it('show the stages of a ramp within its measured phase', () => {
    const names = phasesOf('ramp').map(({ name }) => name)
    expect(names).toEqual(['warm-up', 'measure', 'stage 1: 0 to 100/s', 'stage 2: 100 to 50/s', 'done'])
    const [, measured, first, second] = phasesOf('ramp')
    expect(first!.from_ms).toBe(measured!.from_ms)
    expect(second!.from_ms).toBe(first!.to_ms)
    expect(second!.to_ms).toBeLessThanOrEqual(measured!.to_ms)
    expect(lengthOf('ramp', names[2]!)).toBeGreaterThan(450)
  })

  it.each(['hooked', 'rivals_a', 'sizes_2', 'tracked', 'native'])(
    'of %s count neither the server of other cases nor its supervisor',
    (id) => {
      expect(Object.keys(results[id].resources)).toEqual(['worker'])
      expect(results[id].resources.worker.processes).toBe(1)
    },
  )

  it('are of another server after a crash, which the next case says once', () => {
    const restarts = (id: string) => results[id].findings.filter(({ code }: { code: string }) => code === 'server_restarted')
    expect(restarts('after_the_crash')).toEqual([{ code: 'server_restarted', facts: { times: 1 } }])
    expect(restarts('long_after')).toEqual([])
    expect(restarts('load')).toEqual([])
  })
})

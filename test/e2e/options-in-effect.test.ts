import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Guest } from './guest.ts'

const server = `
import { createServer } from 'node:http'
createServer((request, response) => {
  response.statusCode = request.url === '/broken' ? 500 : 200
  response.end()
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const gate = (name: string, metric: string, operator: string, threshold: number) => ({
  name,
  metric,
  operator,
  threshold,
  severity: 'Blocking',
})

describe('options of the environment and of cases', () => {
  let project: Guest
  beforeAll(async () => {
    project = await guest({
      'server.mjs': server,
      'iterations.bench.ts': `
        import { bench } from 'vitest-perf'
        const busy = () => { const until = performance.now() + 5; while (performance.now() < until); }
        bench('busy', { time: '100ms', warmup: 0, memory: false }, busy)
        bench('own', { time: '100ms', warmup: 0, memory: false, iterations: 1 }, busy)
      `,
      'options.bench.ts': `
        import { bench, describePerf } from 'vitest-perf'
        bench('misspelt', { tiem: '1s' }, () => 1)
        bench.http('serverless', { path: '/' }, { conections: 3 })
        bench.http('needs_server', { path: '/' })
        bench('good', { time: '20ms', warmup: 0 }, () => 1)
      `,
      'lost.bench.ts': `
        import { bench, describePerf } from 'vitest-perf'
        describePerf('api', { server: { command: 'node server.mjs', ready: '/' }, warmup: 0 }, () => {
          bench.http('lost', { path: '/broken' }, { duration: '30s', abort_on_fail: true })
          bench.http('kept', { path: '/' }, { duration: '500ms', abort_on_fail: true })
        })
      `,
      'benchmark-config.json': JSON.stringify({
        gates: [gate('Errors', '*.error_count', 'LessThan', 50), gate('Others', 'lost.max_time_ms', 'LessThan', 1e9)],
      }),
      'vitest.config.ts': configWith('{}'),
    })
  })
  afterAll(() => project.remove())

  it('TERRAPHIM_BENCH_ITERATIONS is a wish for calls, under that of a case', async () => {
    await project.vitest(['bench', '--run', 'iterations'], { TERRAPHIM_BENCH_ITERATIONS: '60' })
    const { busy, own } = (await project.results()).results
    // What settling took is cut from the samples, one call each, and was called all the same.
    const made = ({ samples }: { samples: { calls: number; warmup: { cut_samples: number } } }) =>
      samples.calls + samples.warmup.cut_samples
    expect(made(busy)).toBeGreaterThanOrEqual(60)
    expect(made(own)).toBeLessThan(60)
  }, 60_000)

  it('that make no sense fail their case alone, by code', async () => {
    await project.vitest(['bench', '--run', 'options'])
    const { misspelt, serverless, needs_server, good } = (await project.results()).results
    expect(misspelt.errors[0]).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('did you mean "time"?') })
    expect(serverless.errors[0]).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('did you mean "connections"?') })
    expect(needs_server.errors[0]).toMatchObject({
      code: 'SERVER_MISSING',
      message: expect.stringContaining('"needs_server" needs a server'),
    })
    expect(good.state).toBe('measured')
  }, 60_000)

  it('abort_on_fail ends a load whose gate of the config is lost, and no other', async () => {
    await project.vitest(['bench', '--run', 'lost'])
    const { results, gates } = await project.results()
    expect(results.lost.samples.elapsed_ms).toBeLessThan(25_000)
    expect(results.lost.findings).toContainEqual({
      code: 'aborted_early',
      facts: { gate: 'Errors', reason: expect.stringMatching(/^error_count is \d+ already, must be less than 50 \(gate "Errors"\)$/) },
    })
    expect(results.kept.findings.map(({ code }: { code: string }) => code)).not.toContain('aborted_early')
    const outcomes = gates.map(({ metric, outcome }: { metric: string; outcome: string }) => [metric, outcome])
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ['lost.error_count', 'failed'],
        ['lost.max_time_ms', 'undecided'],
        ['kept.error_count', 'passed'],
      ]),
    )
  }, 90_000)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

const server = `
import { createServer } from 'node:http'
let served = 0
createServer((request, response) => {
  if (request.url === '/served') return response.end(String(served))
  served++
  response.end('ok')
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))
`
const sampler = `
import { readdirSync } from 'node:fs'
import { defineSampler } from 'vitest-perf/plugin'
export default defineSampler({
  name: 'sockets',
  subjects: ['server'],
  metrics: { open_sockets: { unit: 'count', better: 'lower', meaning: 'Most sockets open at once.', aggregate: 'peak' } },
  unsupported: () => (process.platform === 'linux' ? undefined : 'only Linux has /proc'),
  read: ({ processes }) => ({
    open_sockets: processes.reduce((sum, { pid }) => sum + readdirSync('/proc/' + pid + '/fd').length, 0),
  }),
})
`

describe.runIf(process.platform === 'linux')('a metric that a stranger adds to the sampling', () => {
  let project: Guest
  let run: Finished
  beforeAll(async () => {
    project = await guest({
      'server.mjs': server,
      'perf/sockets.ts': sampler,
      'api.bench.ts': `
import { bench } from 'vitest-perf'
bench.http('load', { path: '/' }, { connections: 5, duration: '800ms', warmup: '100ms' })
`,
      'benchmark-config.json': JSON.stringify({
        gates: [{ name: 'few sockets', metric: 'load.open_sockets', operator: 'GreaterThan', threshold: 5, severity: 'Blocking' }],
      }),
      'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs', ready: '/ready/' }, samplers: ['./perf/sockets.ts'] }`),
    })
    run = await project.vitest(['bench', '--run'])
  }, 60_000)
  afterAll(() => project.remove())

  it('appears beside the others, with its unit, and can be gated', async () => {
    const results = await project.results()
    expect(run.code, run.output).toBe(0)
    expect(results.results.load.metrics.open_sockets).toBeGreaterThan(5)
    expect(results.results.load.own_metrics.open_sockets).toMatchObject({ unit: 'count', better: 'lower' })
    expect(results.gates[0]).toMatchObject({ name: 'few sockets', outcome: 'passed' })
  })
})

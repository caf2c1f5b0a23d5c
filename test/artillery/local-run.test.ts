import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configWith, guest } from '../e2e/guest.ts'
import { artilleryFolder, notInstalled } from './installed.ts'

const server = `
import { createServer } from 'node:http'
createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    const { authorization, 'accept-encoding': encoding = 'none' } = request.headers
    const known = authorization === 'Bearer planted-token' && encoding === 'none'
    const good = { GET: true, POST: known && body === '{"term":{"word":"rust"}}' && request.url === '/find?key=planted-key', HEAD: true }
    response.statusCode = request.url === '/gone' ? 410 : good[request.method] ? 200 : 400
    response.end(request.method === 'HEAD' ? undefined : 'x'.repeat(50))
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
`

const benches = (folder: string) => `
import { bench } from 'vitest-perf'
const artillery = { installation: ${JSON.stringify(folder)} }
bench.http('mix', [
  { path: '/ok' },
  { method: 'HEAD', path: '/ok' },
  { method: 'POST', path: '/find?key=planted-key', headers: { authorization: 'Bearer planted-token' }, body: { term: { word: 'rust' } } },
], { rate: 40, duration: '3s', distributed: artillery })
bench.http('gone', { path: '/gone' }, { stages: [{ rate: 20, duration: '2s' }], distributed: artillery })
bench.http('unset', { path: '/' }, { rate: 5, distributed: { installation: 'nowhere' } })
`

it('loads a real server through Artillery, and its figures are cases of the run', async ({ skip }) => {
  const folder = await artilleryFolder()
  if (folder === undefined) return skip(notInstalled)
  const project = await guest({
    'server.mjs': server,
    'far.bench.ts': benches(folder),
    'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', ready: '/ok' } }`),
  })
  try {
    const temporary = join(project.folder, 'tmp')
    await mkdir(temporary)
    const { output } = await project.vitest(['bench', '--run'], { TMPDIR: temporary })
    const text = await project.read('benchmark-results/latest/benchmark_results.json')
    const { results } = JSON.parse(text)
    expect(results.mix, output).toMatchObject({
      state: 'measured',
      samples: { type: 'reported', requests: 120, answered: 120, codes: { 200: 120 }, errors: {} },
      metrics: { success_rate: 100, error_count: 0, p95_time_ms: expect.any(Number), requests_per_second: expect.any(Number) },
    })
    expect(results.mix.findings).toContainEqual(expect.objectContaining({ code: 'reported_by_artillery' }))
    expect(results.mix.resources.generator.metrics.cpu_percent).toBeGreaterThan(0)
    const phases = results.mix.phases as { name: string; from_ms: number; to_ms: number }[]
    expect(phases.map(({ name }) => name)).toEqual(expect.arrayContaining(['launch', 'measure', 'done']))
    const measured = phases.find(({ name }) => name === 'measure')!
    expect(measured.to_ms - measured.from_ms).toBeGreaterThan(1500)
    expect(measured.to_ms - measured.from_ms).toBeLessThan(results.mix.duration_ms - 1000)
    expect(results.gone).toMatchObject({
      state: 'measured',
      metrics: { success_rate: 0, status_error_count: results.gone.samples.requests },
    })
    expect(results.unset).toMatchObject({ state: 'failed', errors: [{ code: 'ARTILLERY_MISSING' }] })
    const page = await project.read('benchmark-results/latest/benchmark_report.html')
    expect(page).toContain('whole milliseconds')
    for (const written of [text, page, output]) expect(written).not.toContain('planted')
    expect((await readdir(temporary)).filter((name) => name.startsWith('vitest-perf-artillery-'))).toEqual([])
  } finally {
    await project.remove()
  }
}, 900_000)

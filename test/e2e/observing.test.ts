import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { configWith, guest, type Guest } from './guest.ts'

const server = `
import { createServer } from 'node:http'
createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
`
const bench = `
import { existsSync, writeFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
const ask = async ({ server }) => { await (await fetch(server.url)).text() }
bench.observe('at work', { duration: '600ms', warmup: '300ms', during: ask })
bench.observe('refused', { duration: '600ms', iterations: 5 })
bench.observe('endless', { duration: '10m', during: async ({ server }) => { await ask({ server }); if (!existsSync('under-way')) writeFileSync('under-way', '') } })
`

let project: Guest
afterEach(() => project.remove())

it('a window is watched at work, and one that Ctrl-C cuts short keeps what it saw', async () => {
  project = await guest({
    'server.mjs': server,
    'a.bench.ts': bench,
    'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`),
  })
  const run = project.start(['bench', '--run'])
  await expect.poll(() => existsSync(join(project.folder, 'under-way')), { timeout: 60_000 }).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  run.killGroup('SIGINT')
  const { output } = await run.finished
  const { results, verdict } = await project.results()
  expect(verdict, output).toMatchObject({ passed: false, exit_reason: 'interrupted' })
  expect(results.at_work.state).toBe('measured')
  expect(results.at_work.phases.map(({ name }: { name: string }) => name)).toEqual(['warm-up', 'measure'])
  expect(results.at_work.metrics.network_rx_bytes).toBeGreaterThan(0)
  expect(results.refused).toMatchObject({ state: 'failed', errors: [{ code: 'OPTION_INVALID' }] })
  expect(results.refused.errors[0].message).toContain('"iterations", which bench.observe does not have')
  expect(results.endless.state).toBe('measured')
  expect(results.endless.findings).toContainEqual(expect.objectContaining({ code: 'aborted_early' }))
  expect(results.endless.metrics.memory_mb).toBeGreaterThan(10)
}, 120_000)

import { afterEach, describe, expect, it } from 'vitest'
import { readFile } from 'node:fs/promises'
import { configWith, guest, type Guest, type StartedGroup } from './guest.ts'
import { alive, gone, pidsIn } from './processes.ts'

const server = `
import { createServer } from 'node:http'
import { appendFileSync } from 'node:fs'
appendFileSync('pids', process.pid + '\\n')
createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
`
const bench = `
import { appendFileSync } from 'node:fs'
import { bench, describePerf } from 'vitest-perf'
appendFileSync('workers', process.pid + '\\n')
describePerf('api', { time: '300ms', warmup: '0ms' }, () => {
  bench.http('first', { path: '/' }, { connections: 1 })
  bench.http('endless', { path: '/' }, { connections: 1, duration: '5m' })
})
`

let project: Guest
afterEach(() => project.remove())

async function running(): Promise<{ run: StartedGroup; servers: number[]; worker: number }> {
  project = await guest({
    'server.mjs': server,
    'api.bench.ts': bench,
    'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`),
  })
  const run = project.start(['bench', '--run'])
  await expect.poll(() => run.output().length > 0 && pidsIn(project.folder), { timeout: 30_000 }).toHaveLength(1)
  const servers = await pidsIn(project.folder)
  const worker = Number((await readFile(`${project.folder}/workers`, 'utf8')).trim())
  // The first case is over once its 300 ms and its start have gone by; the second one then runs for minutes.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(servers.every(alive)).toBe(true)
  return { run, servers, worker }
}

describe('whatever ends a run, its server ends too', () => {
  it('when the main process is killed with SIGKILL', async () => {
    const { run, servers } = await running()
    run.kill('SIGKILL')
    await run.finished
    await gone(servers)
  }, 90_000)

  it('when the worker is killed with SIGKILL', async () => {
    const { run, servers, worker } = await running()
    process.kill(worker, 'SIGKILL')
    const { code } = await run.finished
    expect(code).toBe(1)
    await gone(servers)
    expect((await project.results()).verdict.passed).toBe(false)
  }, 90_000)

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'when %s interrupts it, and what was measured is kept',
    async (signal) => {
      const { run, servers } = await running()
      run.kill(signal)
      const { output } = await run.finished
      await gone(servers)
      const results = await project.results()
      expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
      expect(results.results.first.state).toBe('measured')
      expect(output).toMatch(/interrupted/i)
    },
    90_000,
  )

  it('when Ctrl-C reaches every process of the terminal, and the case that was cut short keeps what it had', async () => {
    const { run, servers } = await running()
    run.killGroup('SIGINT')
    const { output } = await run.finished
    await gone(servers)
    const { results, verdict } = await project.results()
    expect(verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
    expect(results.first.state).toBe('measured')
    expect(results.endless.state).toBe('measured')
    expect(results.endless.metrics.requests_per_second).toBeGreaterThan(0)
    expect(results.endless.findings).toContainEqual(expect.objectContaining({ code: 'aborted_early' }))
    expect(output).not.toMatch(/emitted error/)
  }, 90_000)
})

import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '../fixtures/cluster/servers.ts'
import { hasSqlite } from '../fixtures/has-sqlite.ts'
import { guest, type Finished, type Guest } from './guest.ts'

const server = `
import { createServer } from 'node:http'
createServer((request, response) => { response.setHeader('x-backend', String(process.pid)); response.end('ok') }).listen(Number(process.env.PORT), '127.0.0.1')
`

const benches = `
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench as plain, describePerf } from 'vitest-perf'
import { cluster, database, documents, server as startServer, tempDir } from 'vitest-perf/fixtures'

const bench = plain.extend({
  folder: [async ({}, use) => { await using folder = await tempDir({ bytes: 1_000_000 }); writeFileSync('folder.txt', folder.path); await use(folder.path) }, { scope: 'file' }],
  db: [async ({}, use) => { await using db = await database(); await use(db) }, { scope: 'file' }],
  balanced: [async ({}, use) => { await using running = await cluster({ backends: 2, server: { command: 'node server.mjs' } }); writeFileSync('pids.json', JSON.stringify([running.pid, ...running.backends.map(({ pid }) => pid)])); await use(running) }, { scope: 'file' }],
  server: async ({ balanced }, use) => use(balanced),
})

describePerf('storage', { time: '100ms', warmup: '20ms' }, () => {
  bench('write a file', ({ folder }) => writeFileSync(join(folder, 'file'), 'text'))
  bench('insert', { setup: ({ db }) => db.exec('CREATE TABLE rows (n INTEGER)') }, ({ db }) => db.query('INSERT INTO rows VALUES ($1)', [1]))
  bench.scale('lookup', {
    over: [10, 100, 1_000, 10_000],
    setup: async (n, { db }) => {
      await db.exec('CREATE TABLE words_' + n + ' (word TEXT PRIMARY KEY)')
      await db.transaction(async (within) => { for (let i = 0; i < n; i++) await within.query('INSERT INTO words_' + n + ' VALUES ($1)', ['word ' + i]) })
      return n
    },
    teardown: (n, { db }) => db.exec('DROP TABLE words_' + n),
  }, (n, { db }) => db.query('SELECT word FROM words_' + n + ' WHERE word = $1', ['word 7']))
  bench.track('plan', async ({ db }) => (await db.explain('SELECT n FROM rows WHERE n = 1')).scans.length, { unit: 'scans' })
  bench.track('own server', async () => { const own = await startServer({ command: 'exec node server.mjs' }, { root: process.cwd() }); try { return (await fetch(own.url)).status } finally { await own.stop() } }, { unit: 'status' })
  bench.scale('titles', { over: [10, 100, 1_000], setup: (count) => [...documents({ count })] }, (all) => all.map(({ title }) => title).join())
})

describePerf('load balancing', { warmup: '100ms' }, () => {
  bench.http('balanced', { path: '/' }, { connections: 2, duration: '600ms' })
  bench.track('unevenness', async ({ server }) => (await server.distribution()).coefficient_of_variation, { unit: 'ratio' })
  bench.track('after a crash', async ({ server }) => {
    await server.backends[0].kill()
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(server.url)))
    return answers.filter(({ status }) => status !== 200).length
  }, { unit: 'failed requests' })
})
`

describe.skipIf(!hasSqlite)('the fixtures in a stranger’s project', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({ 'server.mjs': server, 'a.bench.ts': benches })
    run = await project.vitest(['bench', '--run'])
    results = await project.results()
  }, 120_000)
  afterAll(() => project?.remove())

  it('are what cases are measured on', () => {
    const states = Object.entries<{ state: string }>(results.results).filter(([, { state }]) => state !== 'measured')
    expect(states).toEqual([])
    for (const id of ['write_a_file', 'insert', 'lookup_10000', 'titles_1000'])
      expect(results.results[id].metrics.avg_time_ms).toBeGreaterThan(0)
    expect(results.results['plan'].metrics.value).toBe(1)
    expect(results.results['own_server'].metrics.value).toBe(200)
  })

  it('show that a lookup by key hardly grows with its table', () => {
    expect(results.results['lookup'].metrics.scaling_exponent).toBeLessThan(0.5)
  })

  it('put a cluster in the place of the server, which shares its load evenly and outlives a backend', () => {
    expect(results.results['balanced'].metrics.success_rate).toBe(100)
    expect(results.results['balanced'].metrics.requests_per_second).toBeGreaterThan(0)
    expect(results.results['unevenness'].metrics.value).toBeLessThan(0.1)
    expect(results.results['after_a_crash'].metrics.value).toBe(0)
  })

  it('leave nothing behind', async () => {
    expect(existsSync(await project.read('folder.txt'))).toBe(false)
    const pids: number[] = JSON.parse(await project.read('pids.json'))
    expect(pids).toHaveLength(3)
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 5_000)
    expect(run.code).toBe(0)
  })
})

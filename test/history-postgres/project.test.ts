import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { command } from '../cli/command-line.ts'
import { configWith, guest, type Guest } from '../e2e/guest.ts'
import { password, postgresServer, type PostgresServer } from './server.ts'

const bench = `
import { bench } from 'vitest-perf'
bench.track('inherited', () => Number(process.env.VITEST_PERF_HISTORY !== undefined), { unit: 'count' })
bench.track('size', () => 1234, { unit: 'B' })
`
const secret = encodeURIComponent(password)
const nobody = `postgres://me:${secret}@127.0.0.1:1/history`

/** Every file of the project's results that holds the password in any spelling. */
async function leaksIn(project: Guest): Promise<string[]> {
  const folder = join(project.folder, 'benchmark-results')
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => [file.name, await readFile(join(file.parentPath, file.name), 'latin1')] as const),
  )
  expect(texts.length).toBeGreaterThan(2)
  return texts.flatMap(([name, text]) => (text.includes('PLANT') ? [name] : []))
}

describe('a stranger’s project with its history in PostgreSQL', () => {
  let started: PostgresServer | string
  let project: Guest
  let url = ''
  beforeAll(async () => {
    started = await postgresServer()
    if (typeof started !== 'string') url = await started.database()
    project = await guest({ 'package.json': '{ "type": "module", "name": "shop" }', 'a.bench.ts': bench })
  }, 120_000)
  afterAll(async () => {
    await project.remove()
    if (typeof started !== 'string') await started[Symbol.asyncDispose]()
  }, 60_000)

  test('whose database is away keeps its run and its exit code, and says what to do', { timeout: 60_000 }, async () => {
    const run = await project.vitest(['bench', '--run'], { VITEST_PERF_HISTORY: nobody })
    expect(run.code).toBe(0)
    expect(run.output).toContain('The history at postgres://127.0.0.1:1/history cannot be reached: connect ECONNREFUSED 127.0.0.1:1')
    expect(run.output).toMatch(/The run is kept in .*history\.ndjson; add it later: vitest-perf history import/)
    expect(run.output).not.toContain('PLANT')
    expect(await leaksIn(project)).toEqual([])
    expect((await project.results()).results.inherited.metrics.value).toBe(0)
    expect((await project.read('benchmark-results/history.ndjson')).trim().split('\n')).toHaveLength(1)
  })

  test('fails for it where it was asked to, reports and all', { timeout: 60_000 }, async () => {
    await project.write({ 'vitest.config.ts': configWith(`{ history: '${nobody}', historyRequired: true }`) })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(1)
    expect(run.output).toContain('HISTORY_UNAVAILABLE')
    expect(run.output).not.toContain('PLANT')
    expect(await leaksIn(project)).toEqual([])
    expect((await project.results()).verdict.passed).toBe(true)
  })

  test('says what to install where the driver is not there', { timeout: 60_000 }, async () => {
    await project.write({ 'vitest.config.ts': configWith('{}') })
    await rm(join(project.folder, 'node_modules/pg'), { recursive: true })
    const told = await command(project.folder, ['history', 'import', '--to', nobody])
    expect([told.code, told.err]).toEqual([5, expect.stringMatching(/needs the package "pg", which is not installed: npm i -D pg/)])
    expect(told.err).not.toContain('PLANT')
  })

  test('adds what was kept meanwhile, once, and goes on from there', { timeout: 90_000 }, async ({ skip }) => {
    if (typeof started === 'string') skip(`not applicable: ${started}`)
    const fresh = await guest({ 'package.json': '{ "type": "module", "name": "shop" }', 'a.bench.ts': bench })
    await fresh.write({ 'kept.ndjson': await project.read('benchmark-results/history.ndjson') })
    const env = { VITEST_PERF_HISTORY: url }
    for (let time = 0; time < 2; time++) {
      const { code, out, err } = await command(fresh.folder, ['history', 'import', 'kept.ndjson'], env)
      expect([code, out, err]).toEqual([0, '2 runs of kept.ndjson are in the history of shop.\n', ''])
    }
    const run = await fresh.vitest(['bench', '--run'], env)
    expect(run.code).toBe(0)
    const page = await fresh.read('benchmark-results/latest/benchmark_report.html')
    expect(page).not.toContain('PLANT')
    expect(await leaksIn(fresh)).toEqual([])
    await expect(fresh.read('benchmark-results/history.ndjson')).rejects.toThrow('ENOENT')
    const rows = await (started as PostgresServer).query(
      url,
      "SELECT count(*)::int AS n, count(DISTINCT run)::int AS runs FROM vitest_perf.points WHERE case_id = 'size' AND metric = 'value'",
    )
    expect(rows).toEqual([{ n: 3, runs: 3 }])
    await fresh.remove()
  })

  test('whose database goes away while it measures keeps the run, and says so', { timeout: 90_000 }, async ({ skip }) => {
    if (typeof started === 'string') return skip(`not applicable: ${started}`)
    const waiting = `
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { bench } from 'vitest-perf'
bench.track('size', async () => {
  writeFileSync('measuring', '')
  for (let tries = 0; tries < 600 && !existsSync('gone'); tries++) await sleep(50)
  return existsSync('gone') ? 1234 : 0
}, { unit: 'B' })
`
    const fresh = await guest({ 'package.json': '{ "type": "module", "name": "shop" }', 'a.bench.ts': waiting })
    const running = fresh.start(['bench', '--run'], { VITEST_PERF_HISTORY: url })
    await vi.waitFor(() => fresh.read('measuring'), { timeout: 60_000, interval: 100 })
    await started[Symbol.asyncDispose]()
    started = 'it was stopped'
    await fresh.write({ gone: '' })
    const run = await running.finished
    expect(run.code, run.output).toBe(0)
    expect(run.output).toMatch(/The history at postgres:\/\/127\.0\.0\.1:\d+\/history_1 cannot be reached/)
    expect(run.output).toMatch(/The run is kept in .*history\.ndjson; add it later: vitest-perf history import/)
    expect((await fresh.results()).results.size.metrics.value).toBe(1234)
    expect((await fresh.read('benchmark-results/history.ndjson')).trim().split('\n')).toHaveLength(1)
    expect(await leaksIn(fresh)).toEqual([])
    await fresh.remove()
  })
})

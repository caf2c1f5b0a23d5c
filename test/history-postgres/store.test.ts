import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { baselineOfHistory } from '../../src/baseline/history-baseline.ts'
import type { HistoryStore } from '../../src/baseline/history-place.ts'
import { openHistory } from '../../src/baseline/history-place.ts'
import { migrate, type Migration, migrations } from '../../src/baseline/history-postgres-schema.ts'
import type { HistoryRun } from '../../src/baseline/history-run.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { randomFrom } from '../report/run-builder.ts'
import { password, postgresServer, type PostgresServer } from './server.ts'

let folder: string
let started: PostgresServer | string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitest-perf-history-'))
  started = await postgresServer()
}, 120_000)
afterAll(async () => {
  if (typeof started !== 'string') await started[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const server = (skip: (note: string) => never): PostgresServer =>
  typeof started === 'string' ? skip(`not applicable: ${started}`) : started

/** Runs of two machines with noise, a change of level, a release, cases that come and go, and numbers of every size. */
function story(): HistoryRun[] {
  const random = randomFrom(11)
  const noisy = (value: number) => value * (1 + 0.02 * (random() - 0.5))
  return Array.from({ length: 60 }, (_, day): HistoryRun => {
    const value = (id: string, metric: string, value: number, better: 'lower' | 'higher' = 'lower') => ({
      case: id,
      metric,
      value,
      unit: 'ms',
      better,
    })
    return {
      run: `r${day}`,
      at: new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString(),
      commit: day % 7 === 0 ? null : `c${day}`,
      branch: day % 3 === 0 ? 'feature' : 'main',
      fingerprint: day % 10 === 9 ? 'other' : 'here',
      machine: day % 10 === 9 ? 'another machine' : 'a machine, "quoted", 8 cores',
      ...(day === 30 ? { release: 'v1.0' } : {}),
      values: [
        value('search', 'p50_time_ms', noisy(day < 40 ? 10 : 14)),
        value('tiny:ø', 'p50_time_ms', noisy(1.234_567e-7)),
        value('search', 'ops_per_second', noisy(123_456_789), 'higher'),
        ...(day > 20 ? [value('late', 'p50_time_ms', noisy(3))] : []),
        ...(day % 4 === 0 ? [value('rare', 'memory_mb', noisy(100))] : []),
        ...Array.from({ length: 12 }, (_, index) => value(`case_${index}`, 'p50_time_ms', noisy(1 + index))),
      ],
    }
  })
}

describe('a history in PostgreSQL', () => {
  test('gives the same series, trends and baselines as a file with the same runs', async ({ skip }) => {
    await using database = await openHistory(await server(skip).database(), 'p')
    await using file = await openHistory(join(folder, 'same.ndjson'), 'p')
    for (const store of [database, file]) await store.append(story())
    for (const options of [
      {},
      { fingerprint: 'here' },
      { branch: 'main' },
      { branch: 'main', besides: [story()[0]?.run ?? ''] },
      { metrics: ['p50_time_ms'] },
      { fingerprint: 'nobody' },
    ]) {
      expect(await database.read(options)).toEqual(await file.read(options))
    }
    const reports = await Promise.all([database, file].map(async (store) => trendReport(await store.read(), { fingerprint: 'here' })))
    expect(reports[0]).toEqual(reports[1])
    expect(reports[0]?.trends.find((one) => one.case === 'search' && one.metric === 'p50_time_ms')?.changes).toHaveLength(1)
    const baselines = await Promise.all([database, file].map(async (store) => baselineOfHistory(await store.read(), 'x')))
    expect(baselines[0]).toEqual(baselines[1])
  })

  test('reads only the newest runs where no more are asked for, with the trend of those', async ({ skip }) => {
    await using database = await openHistory(await server(skip).database(), 'p')
    await using file = await openHistory(join(folder, 'newest.ndjson'), 'p')
    for (const store of [database, file]) await store.append(story())
    const [some] = (await database.read({ fingerprint: 'here', newest: 20 })).machines
    expect(some?.runs.map(({ run }) => run).at(-1)).toBe('r58')
    expect(some?.runs).toHaveLength(20)
    const sorted = (report: ReturnType<typeof trendReport>) =>
      report?.trends.toSorted((a, b) => (`${a.case} ${a.metric}` < `${b.case} ${b.metric}` ? -1 : 1))
    const cut = trendReport(await file.read({ fingerprint: 'here' }), { fingerprint: 'here', runs: 20 })
    expect(sorted(trendReport({ machines: [some!], skipped_lines: 0, duplicates: 0 }))).toEqual(sorted(cut))
  })

  test('keeps a run once, however often it is added, and projects apart', async ({ skip }) => {
    const url = await server(skip).database()
    await using one = await openHistory(url, 'one')
    await using other = await openHistory(url, 'other')
    const runs = story().slice(0, 5)
    await one.append(runs)
    await one.append([...runs, ...runs, story()[5]!])
    await other.append(runs.slice(0, 1))
    const count = async (store: HistoryStore) => (await store.read()).machines[0]?.runs.length
    expect([await count(one), await count(other)]).toEqual([6, 1])
    // Lists of ids are shared by all runs that have the same.
    const [layouts] = await server(skip).query(url, 'SELECT count(*)::int AS n FROM vitest_perf.layouts')
    expect(layouts).toEqual({ n: 3 })
  })

  test('shows its points to whoever asks in SQL', async ({ skip }) => {
    const url = await server(skip).database()
    await using store = await openHistory(url, 'p')
    await store.append(story().slice(0, 3))
    const rows = await server(skip).query(url, "SELECT run, value FROM vitest_perf.points WHERE case_id = 'case_3' ORDER BY at")
    expect(rows.map(({ run }) => run)).toEqual(['r0', 'r1', 'r2'])
    for (const { value } of rows) expect(value).toBeCloseTo(4, 0)
  })
})

describe('writers at the same time', () => {
  test('from processes of their own, into an empty database, lose nothing', { timeout: 60_000 }, async ({ skip }) => {
    const url = await server(skip).database()
    const names = ['a', 'b', 'c', 'd']
    const writers = names.map((name) => fork(join(import.meta.dirname, 'append-often.ts'), [url, name, '8'], { stdio: 'inherit' }))
    const ends = await Promise.all(writers.map((writer) => once(writer, 'exit')))
    expect(ends.map(([code]) => code as number)).toEqual([0, 0, 0, 0])
    await using store = await openHistory(url, 'shared')
    const [machine] = (await store.read()).machines
    expect(machine?.runs.map(({ run }) => run).toSorted()).toEqual(
      names.flatMap((name) => Array.from({ length: 8 }, (_, run) => `${name}-${run}`)),
    )
    const values = machine?.series.filter((one) => one.case === 'case_20').flatMap((one) => one.values)
    expect(values?.filter((value) => !Number.isNaN(value))).toHaveLength(32)
  })
})

describe('the tables', () => {
  test('are made once, by whoever comes first', async ({ skip }) => {
    const url = await server(skip).database()
    const stores = await Promise.all(Array.from({ length: 6 }, () => openHistory(url, 'p')))
    await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()))
    expect(await server(skip).query(url, 'SELECT version FROM vitest_perf.migrations')).toEqual([{ version: 1 }])
  })

  test('of a newer version are left alone', async ({ skip }) => {
    const url = await server(skip).database()
    await (await openHistory(url, 'p'))[Symbol.asyncDispose]()
    await server(skip).query(url, 'INSERT INTO vitest_perf.migrations (version, readable_since) VALUES (99, 98)')
    await expect(openHistory(url, 'p')).rejects.toMatchObject({
      code: 'HISTORY_UNAVAILABLE',
      message: expect.stringContaining('its tables are of version 99, and this vitest-perf knows 1'),
    })
  })

  test('grow by the steps of a newer version, keep their runs, and serve older versions where only something was added', async ({
    skip,
  }) => {
    const url = await server(skip).database()
    const [first, second] = story() as [HistoryRun, HistoryRun]
    await using older = await openHistory(url, 'p')
    await older.append([first])
    const added = { readable_since: 1, sql: 'ALTER TABLE vitest_perf.runs ADD COLUMN host text' }
    const upgrade = async (steps: readonly Migration[]) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await migrate(client, steps)
      } finally {
        await client.end()
      }
    }
    await upgrade([...migrations, added])
    expect(await server(skip).query(url, 'SELECT version, readable_since FROM vitest_perf.migrations ORDER BY version')).toEqual([
      { version: 1, readable_since: 1 },
      { version: 2, readable_since: 1 },
    ])
    // One that was open meanwhile, and one that opens now.
    await older.append([second])
    await using opened = await openHistory(url, 'p')
    expect((await opened.read()).machines[0]?.runs.map(({ run }) => run)).toEqual(['r0', 'r1'])
    expect(await server(skip).query(url, 'SELECT host FROM vitest_perf.runs')).toEqual([{ host: null }, { host: null }])

    const broken = { readable_since: 3, sql: 'ALTER TABLE vitest_perf.runs RENAME TO runs_by_host; SELECT nonsense' }
    await expect(upgrade([...migrations, added, broken])).rejects.toThrow('nonsense')
    await expect(opened.read()).resolves.toBeDefined()
    await upgrade([...migrations, added, { ...broken, sql: 'ALTER TABLE vitest_perf.runs RENAME TO runs_by_host' }])
    await expect(openHistory(url, 'p')).rejects.toThrow(
      'its tables are of version 3, and this vitest-perf knows 1: install one that is newer',
    )
  })

  test('can be written by a user who may create nothing, once they are there', async ({ skip }) => {
    const url = await server(skip).database()
    const user = "CREATE ROLE writer LOGIN PASSWORD 'own-88'"
    const asWriter = url.replace(/\/\/[^@]+@/, '//writer:own-88@')
    await server(skip).query(url, user)
    await expect(openHistory(asWriter, 'p')).rejects.toMatchObject({
      code: 'HISTORY_UNAVAILABLE',
      message: expect.stringMatching(/its tables are not there yet: a user who may create has to open it once \(permission denied/),
    })
    await (await openHistory(url, 'p'))[Symbol.asyncDispose]()
    await server(skip).query(
      url,
      'GRANT USAGE ON SCHEMA vitest_perf TO writer; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA vitest_perf TO writer',
    )
    // Told before anything is tried that this user may not do.
    await server(skip).query(url, 'INSERT INTO vitest_perf.migrations (version, readable_since) VALUES (9, 9)')
    await expect(openHistory(asWriter, 'p')).rejects.toThrow('its tables are of version 9, and this vitest-perf knows 1')
    await server(skip).query(url, 'DELETE FROM vitest_perf.migrations WHERE version = 9')
    await using store = await openHistory(asWriter, 'p')
    await store.append(story().slice(0, 2))
    expect((await store.read()).machines[0]?.runs).toHaveLength(2)
  })
})

describe('a database that is away', () => {
  const secrets = [password, encodeURIComponent(password), 'PLANT']
  const leaks = (error: unknown) =>
    secrets.filter((secret) => `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`.includes(secret))

  test('in the middle fails what was asked, and ends no process', async ({ skip }) => {
    const url = await server(skip).database()
    await using store = await openHistory(url, 'p')
    await store.append(story().slice(0, 2))
    await server(skip).query(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vitest-perf'")
    const error = await store.append(story().slice(2, 4)).catch((error: unknown) => error)
    expect(error).toMatchObject({
      code: 'HISTORY_UNAVAILABLE',
      message: expect.stringMatching(/postgres:\/\/127\.0\.0\.1:\d+\/history_\d+ did not take the run/),
    })
    expect(leaks(error)).toEqual([])
    await using again = await openHistory(url, 'p')
    expect((await again.read()).machines[0]?.runs).toHaveLength(2)
  })

  test('takes a run whole or not at all', async ({ skip }) => {
    const url = await server(skip).database()
    await using store = await openHistory(url, 'p')
    await server(skip).query(url, 'ALTER TABLE vitest_perf.figures ADD CONSTRAINT full_disk CHECK (run < 3)')
    await expect(store.append(story().slice(0, 5))).rejects.toThrow('full_disk')
    expect(await server(skip).query(url, 'SELECT count(*)::int AS n FROM vitest_perf.runs')).toEqual([{ n: 0 }])
    await store.append(story().slice(0, 0))
  })

  test.each([
    ['nobody listens', () => `postgres://me:${encodeURIComponent(password)}@127.0.0.1:1/x`],
    ['the host is unknown', () => `postgres://me:${encodeURIComponent(password)}@no-such-host.invalid/x`],
    ['the address is none', () => `postgres://me:PLANT/with#odd?signs@127.0.0.1:1/x`],
    ['the port is none', () => `postgres://me:PLANT@127.0.0.1:port/x`],
    ['the password stands among the parameters', () => `postgres://127.0.0.1:1/x?user=me&password=PLANT`],
  ])('is told without its password where %s', async (_, url) => {
    const error = await openHistory(url(), 'p').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'HISTORY_UNAVAILABLE', hint: expect.stringContaining('npm i -D pg') })
    expect(leaks(error)).toEqual([])
  })

  test('is told without the password that it refused', async ({ skip }) => {
    const url = (await server(skip).database()).replace(/:[^:@/]+@/, ':PLANT-wrong@')
    const error = await openHistory(url, 'p').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'HISTORY_UNAVAILABLE', message: expect.stringContaining('authentication failed') })
    expect(leaks(error)).toEqual([])
  })
})

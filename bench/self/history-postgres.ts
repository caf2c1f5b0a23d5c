/**
 * How long a history in PostgreSQL takes: `node bench/self/history-postgres.ts [projects]`. Each project has a million points: 500 runs of 500 cases
 * with 4 metrics. Starts a PostgreSQL of its own, in a temporary folder, with its settings as they come: what is added is on the disk (fsync, synchronous_commit). Projects take turns, a run
 * each, as they do in life, so rows of one project lie apart. Read once cold, after a restart and where this user may without the file cache of the system, then warm.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { openHistory } from '../../src/baseline/history-place.ts'
import type { HistoryRun } from '../../src/baseline/history-run.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { postgresServer } from '../../test/history-postgres/server.ts'

const projects = Number(process.argv[2] ?? 10)
const metrics = ['p50_time_ms', 'p95_time_ms', 'requests_per_second', 'memory_mb']
const runs = 500
const cases = 500

const started = await postgresServer({ durable: true })
if (typeof started === 'string') throw new Error(started)
const server = started
const url = await server.database()

function runOf(index: number): HistoryRun {
  return {
    run: `run_${index}`,
    at: new Date(Date.UTC(2026, 0, 1) + index * 1_728_000).toISOString(),
    commit: index.toString(16).padStart(40, '0'),
    branch: 'main',
    fingerprint: 'a-machine',
    machine: 'Example CPU, 8 cores, x64, linux 6.12, Node v24',
    values: Array.from({ length: cases }, (_, at) =>
      metrics.map((metric) => {
        const value = (1 + at) * (1 + 0.02 * Math.random())
        return { case: `endpoint_of_a_service_${at}`, metric, value, unit: 'ms', better: 'lower' as const }
      }),
    ).flat(),
  }
}

const timed = async <Result>(work: () => Promise<Result>): Promise<{ readonly ms: number; readonly result: Result }> => {
  const from = performance.now()
  const result = await work()
  return { ms: performance.now() - from, result }
}

/** Milliseconds of the process that serves our connection; where there is no /proc, not a number. */
async function serverCpu(): Promise<number> {
  const [row] = await server.query(url, "SELECT pid FROM pg_stat_activity WHERE application_name = 'vitest-perf'")
  const stat = await readFile(`/proc/${Number(row?.['pid'])}/stat`, 'utf8').catch(() => '')
  const [user = Number.NaN, system = Number.NaN] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user + system) * 10
}

const names = Array.from({ length: projects }, (_, project) => `service-${project}`)
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Written to the disk, and forgotten by the system: whether this user may have that. */
async function withoutFileCache(): Promise<boolean> {
  await promisify(execFile)('sync').catch(() => undefined)
  return writeFile('/proc/sys/vm/drop_caches', '3').then(
    () => true,
    () => false,
  )
}

const settings = ['fsync', 'synchronous_commit', 'shared_buffers', 'server_version']
const set = await Promise.all(settings.map(async (name) => Object.values((await server.query(url, `SHOW ${name}`))[0] ?? {})[0]))
console.log(settings.map((name, at) => `${name} ${String(set[at])}`).join(', '))
const stores = await Promise.all(names.map((name) => openHistory(url, name)))
const adding: number[] = []
const loading = await timed(async () => {
  for (let run = 0; run < runs; run++) for (const store of stores) adding.push((await timed(() => store.append([runOf(run)]))).ms)
})
for (const store of stores) await store[Symbol.asyncDispose]()
const slowest = adding.toSorted((a, b) => a - b)[Math.floor(adding.length * 0.99)] ?? Number.NaN
console.log(
  `loaded ${projects} times ${runs * cases * metrics.length} points in ${Math.round(loading.ms / 1000)} s: a run of ${cases * metrics.length} values in ${median(adding).toFixed(1)} ms, p99 ${slowest.toFixed(1)} ms`,
)
await server.query(url, 'ANALYZE')
await server.restart()
{
  const forgotten = await withoutFileCache()
  await using store = await openHistory(url, 'service-0')
  const { ms } = await timed(() => store.read({ fingerprint: 'a-machine', newest: runs }))
  console.log(
    `cold, after a restart${forgotten ? ' and without the file cache' : ', with the file cache of the system'}: read ${ms.toFixed(0)} ms`,
  )
}
for (let time = 0; time < 5; time++) {
  const opened = await timed(() => openHistory(url, 'service-0'))
  await using store = opened.result
  const before = process.cpuUsage()
  const theirs = await serverCpu()
  const read = await timed(() => store.read({ fingerprint: 'a-machine', newest: runs }))
  const used = process.cpuUsage(before)
  const theirsUsed = (await serverCpu()) - theirs
  const points = read.result.machines
    .flatMap(({ series }) => series.map(({ values }) => values.length))
    .reduce((sum, count) => sum + count, 0)
  const newest = await timed(() => store.read({ fingerprint: 'a-machine', newest: 30 }))
  const one = await timed(() => store.read({ fingerprint: 'a-machine', newest: runs, metrics: ['p50_time_ms'] }))
  const added = await timed(() => store.append([runOf(runs + time)]))
  const times = {
    connect: opened.ms,
    read: read.ms,
    'our CPU': (used.user + used.system) / 1000,
    'CPU of the server': theirsUsed,
    'read 30 runs': newest.ms,
    'read one metric': one.ms,
    'add a run': added.ms,
  }
  const told = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`)
  console.log(`${points} points: ${told.join(', ')}`)
}
{
  await using store = await openHistory(url, 'service-0')
  const read = await store.read({ fingerprint: 'a-machine', newest: runs })
  const { ms } = await timed(async () => trendReport(read))
  console.log(`trends of ${cases * metrics.length} series: ${Math.round(ms)} ms`)
}
const [size] = await server.query(
  url,
  "SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class WHERE relnamespace = 'vitest_perf'::regnamespace AND relkind = 'r'",
)
console.log(`${((size?.['bytes'] as number) / (projects * runs * cases * metrics.length)).toFixed(1)} bytes a point, indexes included`)
await server[Symbol.asyncDispose]()

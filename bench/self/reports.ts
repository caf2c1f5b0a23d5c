// All reports of a run, by its number of cases: time, memory and growth. Each size in a process of its own, so that none inherits memory.
// node bench/self/reports.ts
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reporters } from '../../reporters/index.ts'
import { historyOfRun } from '../../src/baseline/history-of-run.ts'
import { readHistory } from '../../src/baseline/history-read.ts'
import { appendHistory } from '../../src/baseline/history-store.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { writeWhole } from '../../src/report/write-whole.ts'
import { largeRun } from '../../test/report/large-run.ts'

const sizes = [1250, 2500, 5000, 10_000]
/** Seconds of CPU, so that a busy machine does not count; megabytes of the whole process, run and all. */
const target = { seconds: 10, megabytes: 512, growth: 1.35 }
/** Megabytes of JavaScript heap: with gigabytes at hand V8 leaves garbage lying, and the peak says nothing of what is needed. */
const heapLimit = 320

interface Result {
  readonly cases: number
  readonly seconds: number
  readonly cpu_seconds: number
  readonly megabytes: number
  readonly before_megabytes: number
  readonly parts: Readonly<Record<string, readonly [seconds: number, kilobytes: number]>>
}

/** Writes every report of a run with a history of 100 drawn runs, as a run of that many cases does at its end. */
async function measure(cases: number): Promise<Result> {
  const run = largeRun(cases, 100)
  globalThis.gc?.()
  const folder = await mkdtemp(join(tmpdir(), 'reports-'))
  const before = process.memoryUsage().rss
  let peak = before
  const parts: Record<string, [number, number]> = {}
  const cpu = process.cpuUsage()
  const start = performance.now()
  let last = start
  const lap = (name: string, bytes = 0): void => {
    const now = performance.now()
    parts[name] = [(now - last) / 1000, bytes / 1000]
    last = now
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const report = reportOf(run)
  lap('view')
  for (const [name, reporter] of Object.entries(reporters)) {
    const path = join(folder, reporter.file)
    await writeWhole(path, ('pieces' in reporter ? reporter.pieces(report) : undefined) ?? (await reporter.render(report)))
    lap(name, (await stat(path)).size)
  }
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  await rm(folder, { recursive: true })
  return { cases, seconds, cpu_seconds: (user + system) / 1e6, megabytes: peak / 2 ** 20, before_megabytes: before / 2 ** 20, parts }
}

/** A history of 1,000 runs of 200 cases, read and turned into trends, as it is before the reports. */
async function readThousandRuns(): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'history-'))
  const path = join(folder, 'history.ndjson')
  const run = largeRun(200, 0)
  for (let at = 0; at < 1000; at++) await appendHistory(path, historyOfRun({ ...run, started_at: run.started_at + at * 86_400_000 }))
  const start = performance.now()
  const trends = trendReport(await readHistory(path))?.trends.length ?? 0
  const seconds = (performance.now() - start) / 1000
  await rm(folder, { recursive: true })
  if (trends === 0) throw new Error('the history has no trends')
  return { seconds, megabytes: process.memoryUsage().rss / 2 ** 20 }
}

const [, , part] = process.argv
if (part === 'history') process.stdout.write(JSON.stringify(await readThousandRuns()))
else if (part !== undefined) process.stdout.write(JSON.stringify(await measure(Number(part))))
else {
  const child = (argument: string): string =>
    execFileSync(process.execPath, ['--expose-gc', `--max-old-space-size=${heapLimit}`, '--max-semi-space-size=8', import.meta.filename, argument], { encoding: 'utf8', maxBuffer: 1e8 })
  const results = sizes.map((cases) => JSON.parse(child(String(cases))) as Result)
  for (const { cases, seconds, cpu_seconds, megabytes, before_megabytes, parts } of results) {
    const laps = Object.entries(parts).map(([name, [time, size]]) => `${name} ${time.toFixed(2)} s${size ? ` ${Math.round(size)} kB` : ''}`)
    console.log(`${cases} cases: ${seconds.toFixed(1)} s (${cpu_seconds.toFixed(1)} s CPU), peak ${Math.round(megabytes)} MB, ${Math.round(megabytes - before_megabytes)} MB of it above the run itself · ${laps.join(', ')}`)
  }
  const growth = (results.at(-1)?.cpu_seconds ?? 0) / (results.at(-2)?.cpu_seconds ?? 1) / 2
  console.log(`twice the cases take ${growth.toFixed(2)} x twice the CPU time`)
  const history = JSON.parse(child('history')) as Awaited<ReturnType<typeof readThousandRuns>>
  console.log(`history of 1,000 runs x 200 cases with trends: ${history.seconds.toFixed(1)} s, ${Math.round(history.megabytes)} MB`)
  const largest = results.at(-1)
  const misses = [
    ...(largest && largest.cpu_seconds > target.seconds ? [`${largest.cpu_seconds.toFixed(1)} s of CPU, wanted ${target.seconds}`] : []),
    ...(largest && largest.megabytes > target.megabytes ? [`${Math.round(largest.megabytes)} MB, wanted ${target.megabytes}`] : []),
    ...(growth > target.growth ? [`growth ${growth.toFixed(2)}, wanted ${target.growth}`] : []),
  ]
  console.log(misses.length ? `missed: ${misses.join('; ')}` : 'all targets met')
  if (misses.length) process.exitCode = 1
} // prettier-ignore

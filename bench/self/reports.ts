// All reports of a run, terminal and PDF too, with the trends of its history file: time, memory and growth by the number of its cases. Each size is
// measured in a fresh process, whose peak of resident memory the kernel keeps; the file is written by another one.
// node bench/self/reports.ts [cases] [runs]
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds of wall clock for the reports; megabytes of the whole process at its peak, run and history with it. */
const target = { seconds: 10, megabytes: 512, growth: 1.35 }
/** Megabytes of JavaScript heap: with gigabytes at hand V8 leaves garbage lying, and the peak says nothing of what is needed. */
const heapLimit = 400
const day = 86_400_000
const [, , first = '10000', second = '1000', part, file = ''] = process.argv
const [cases, runs] = [Number(first), Number(second)]

interface Result {
  /** Runs that the trends show. */
  readonly runs: number
  readonly history_seconds: number
  readonly seconds: number
  /** Of the reports and the history. */
  readonly cpu_seconds: number
  readonly peak_megabytes: number
  /** Of the run with its trends, before the first report. */
  readonly run_megabytes: number
  readonly laps: Readonly<Record<string, readonly [seconds: number, kilobytes: number]>>
}

/** A history of runs like this one, each value moved by up to 1 %. */
async function writeHistory(): Promise<void> {
  const [{ largeRun }, { historyOfRun }, { historyLine }, { seededRandom }] = await Promise.all([
    import('../../test/report/large-run.ts'),
    import('../../src/baseline/history-of-run.ts'),
    import('../../src/baseline/history-line.ts'),
    import('../../src/stats/random.ts'),
  ])
  const run = largeRun(cases, 0)
  const { values, ...head } = historyOfRun(run)
  const random = seededRandom(1)
  const stream = createWriteStream(file)
  for (let back = runs - 1; back >= 0; back--) {
    const moved = values.map((one) => ({ ...one, value: one.value * (1 + 0.02 * (random() - 0.5)) }))
    const at = new Date(run.started_at - back * day).toISOString()
    if (!stream.write(historyLine({ ...head, run: back === 0 ? head.run : `r${back}`, at, values: moved }))) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

/** Reads the history and writes every report, as `vitest-perf report` and the end of a run do. */
async function measure(): Promise<Result> {
  const [{ reporters, terminalSummary }, { reportOf }, { writeWhole }, { largeRun }, { withStoredHistory }] = await Promise.all([
    import('../../reporters/index.ts'),
    import('../../src/report/reporter.ts'),
    import('../../src/report/write-whole.ts'),
    import('../../test/report/large-run.ts'),
    import('../../src/main/history.ts'),
  ])
  const folder = await mkdtemp(join(tmpdir(), 'reports-'))
  const measured = largeRun(cases, 0)
  const cpu = process.cpuUsage()
  const began = performance.now()
  const run = await withStoredHistory(measured, file, folder)
  const history_seconds = (performance.now() - began) / 1000
  if (!run.trend?.trends.length) throw new Error('the history has no trends')
  const run_megabytes = process.memoryUsage().rss / 2 ** 20
  const laps: Record<string, [number, number]> = {}
  const start = performance.now()
  let last = start
  const lap = (name: string, bytes = 0): void => {
    const now = performance.now()
    laps[name] = [(now - last) / 1000, bytes / 1000]
    last = now
  }
  const report = reportOf(run)
  lap('view')
  for (const [name, reporter] of Object.entries(reporters)) {
    const path = join(folder, reporter.file)
    await writeWhole(path, ('pieces' in reporter ? reporter.pieces(report) : undefined) ?? (await reporter.render(report)))
    lap(name, (await stat(path)).size)
  }
  lap('terminal', terminalSummary(report.view, { columns: 80, color: true }).length)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  await rm(folder, { recursive: true })
  const peak_megabytes = process.resourceUsage().maxRSS / 1024
  return { runs: run.trend.runs, history_seconds, seconds, cpu_seconds: (user + system) / 1e6, peak_megabytes, run_megabytes, laps }
}

/** The kernel lets a process begin with the peak of the one that started it, so nothing of ours is loaded here. */
function inFreshProcess(what: 'write' | 'measure', count: number, path: string): string {
  const limits = what === 'measure' ? [`--max-old-space-size=${heapLimit}`, '--max-semi-space-size=8'] : []
  const words = [...limits, import.meta.filename, String(count), String(runs), what, path]
  return execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1e8 })
}

async function resultOf(count: number): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'history-'))
  try {
    const path = join(folder, 'history.ndjson')
    inFreshProcess('write', count, path)
    const megabytes = Math.round((await stat(path)).size / 2 ** 20)
    const result = JSON.parse(inFreshProcess('measure', count, path)) as Result
    const told = Object.entries(result.laps).map(
      ([of, [time, size]]) => `${of} ${time.toFixed(2)} s${size ? ` ${Math.round(size)} kB` : ''}`,
    )
    console.log(
      `${count} cases x ${runs} runs (${megabytes} MB, trends of ${result.runs}): history read in ${result.history_seconds.toFixed(1)} s, reports in ${result.seconds.toFixed(1)} s, ` +
        `${result.cpu_seconds.toFixed(1)} s CPU together; peak ${Math.round(result.peak_megabytes)} MB, ${Math.round(result.run_megabytes)} MB before the reports · ${told.join(', ')}`,
    )
    return result
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (part === 'write') await writeHistory()
else if (part === 'measure') process.stdout.write(JSON.stringify(await measure()))
else {
  const results: Result[] = []
  for (const count of [cases / 8, cases / 4, cases / 2, cases]) results.push(await resultOf(Math.round(count)))
  const [half, whole] = results.slice(-2) as [Result, Result]
  const growth = whole.seconds / half.seconds / 2
  console.log(`twice the cases take ${growth.toFixed(2)} x twice the time`)
  const misses = [
    ...(whole.seconds > target.seconds ? [`reports in ${whole.seconds.toFixed(1)} s, wanted ${target.seconds}`] : []),
    ...(whole.peak_megabytes > target.megabytes ? [`${Math.round(whole.peak_megabytes)} MB, wanted ${target.megabytes}`] : []),
    ...(growth > target.growth ? [`growth ${growth.toFixed(2)}, wanted ${target.growth}`] : []),
  ]
  console.log(misses.length ? `missed: ${misses.join('; ')}` : 'all targets met')
  if (misses.length) process.exitCode = 1
}

/**
 * Reads a history of 10,000 runs of 500 cases and prints time and peak memory: `node bench/self/history.ts [runs] [cases]`. Reading is done in a
 * process of its own, so that the peak is that of the reader. Exit code 1 above 3 s or 400 MB.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { historyLine } from '../../src/baseline/history-line.ts'
import { readHistory } from '../../src/baseline/history-read.ts'
import { seededRandom } from '../../src/stats/random.ts'

const most = { seconds: 3, megabytes: 400 }

async function write(path: string, runs: number, cases: number): Promise<void> {
  const random = seededRandom(1)
  const file = createWriteStream(path)
  for (let run = 0; run < runs; run++) {
    const values = Array.from({ length: cases }, (_, index) => ({
      case: `category_${index % 20}_operation_${index}`,
      metric: 'p10_time_ms',
      unit: 'ms',
      better: 'lower' as const,
      value: (1 + index) * (1 + 0.05 * random()),
    }))
    const at = new Date(1.7e12 + run * 3.6e6).toISOString()
    const head = { run: `r${run}`, at, commit: 'a'.repeat(40), branch: 'main', fingerprint: 'f1', machine: 'a machine' }
    if (!file.write(historyLine({ ...head, values }))) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

async function readOnly(path: string): Promise<void> {
  const start = performance.now()
  const { machines } = await readHistory(path)
  const seconds = (performance.now() - start) / 1000
  const [machine] = machines
  const read = { runs: machine?.runs.length, cases: machine?.series.length, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }
  process.send?.(read, () => process.disconnect())
}

if (process.argv[1] === import.meta.filename) {
  const [, , first, second] = process.argv
  if (first === '--read' && second !== undefined) await readOnly(second)
  else {
    const folder = await mkdtemp(join(tmpdir(), 'history-'))
    try {
      const path = join(folder, 'history.ndjson')
      await write(path, Number(first ?? 10_000), Number(second ?? 500))
      const reader = fork(import.meta.filename, ['--read', path])
      const [read] = (await once(reader, 'message')) as [{ runs: number; cases: number; seconds: number; megabytes: number }]
      const size = (await stat(path)).size / 1024 ** 2
      console.log(
        `${read.runs} runs x ${read.cases} cases, ${size.toFixed(0)} MB: ${read.seconds.toFixed(2)} s, peak ${read.megabytes.toFixed(0)} MB`,
      )
      process.exitCode = read.seconds <= most.seconds && read.megabytes <= most.megabytes ? 0 : 1
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

import { fork, type ChildProcess } from 'node:child_process'
import { createHash, pbkdf2, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { open, readFile, unlink } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { bench, describePerf, notApplicable, type HttpOptions, type RequestSpec, type RunningServer } from 'vitest-perf'
import { tempDir } from 'vitest-perf/fixtures'
import { found } from './answers.ts'
import { sized } from './pace.ts'
import { ask, findableTerms, isForeign, offering } from './target.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 50 }

const seconds = '5s'
/** A slope needs 5 seconds. */
const leakSeconds = '8s'
const rounds = sized(20, 3)
const diskBytes = sized(64, 8) * 1024 * 1024
const load: HttpOptions = { duration: '3s', check: found }

const terms = findableTerms(100)
const searches: RequestSpec[] = terms.map((term) => ({ path: `/documents/search?search_term=${encodeURIComponent(term)}&limit=10` }))
const wide: RequestSpec = {
  method: 'POST',
  path: '/documents/search',
  body: { search_terms: terms.slice(0, 30), operator: 'or', limit: 200 },
}

describePerf('resources', noise, () => {
  bench.observe('resource_monitoring_idle', { duration: seconds })

  offering(searches[0]!, found).http('resource_monitoring_load', searches, { rate: 50, duration: seconds, check: found })

  // Follows what survives forced collections of the server while it answers; one connection, so that the slope is of requests and not of buffers.
  let asked = 0
  bench.observe('memory_leak', {
    duration: leakSeconds,
    leak: true,
    during: async ({ server }: { server: RunningServer }) => {
      if (isForeign(server))
        notApplicable('the heap of a server that runs already is not seen: start it by command or module, and unset TERRAPHIM_SERVER_URL')
      const answer = await ask(server, searches[asked++ % searches.length]!)
      if (!found(answer)) throw new Error(`the server answered ${answer.status} ${answer.text().slice(0, 200)}`)
    },
  })

  // Hashing on the threads of the pool, as many at once as there are: cores used, of those that are there.
  bench.track(
    'thread_utilization',
    async () => {
      const derive = promisify(pbkdf2)
      const threads = Math.min(availableParallelism(), Number(process.env['UV_THREADPOOL_SIZE'] ?? 4))
      const shares: number[] = []
      for (let round = 0; round < rounds; round++) {
        const before = process.cpuUsage()
        const begin = performance.now()
        await Promise.all(Array.from({ length: 2 * threads }, () => derive('password', 'salt', 40_000, 64, 'sha512')))
        const { user, system } = process.cpuUsage(before)
        shares.push((user + system) / 1000 / (performance.now() - begin) / threads)
      }
      return shares
    },
    { unit: 'share of the threads', better: 'higher' },
  )

  // The same work alone and beside another program that spins: time beside over time alone, one ratio a round, in the order alone, beside, beside, alone.
  bench.track('core_contention', () => contention(1), { unit: 'times as slow', timeout: '2m' })
  bench.track('core_contention_saturated', () => contention(availableParallelism()), { unit: 'times as slow', timeout: '2m' })

  // Time that is left beside garbage collection while a program makes much garbage.
  bench.track('gc_efficiency', gcEfficiency, { unit: 'share of time', better: 'higher' })

  // Written, waited for until the disk has it, and read back out of the page cache.
  bench.track('disk_io', () => diskRounds('write'), { unit: 'MB/s written and synced', better: 'higher', timeout: '2m' })
  bench.track('disk_io_read', () => diskRounds('read'), { unit: 'MB/s read from the page cache', better: 'higher', timeout: '2m' })

  // Large answers: bandwidth is `bytes_per_second`, what the protocol costs is `header_bytes_per_request`.
  offering(wide, found).http('network_io', wide, { ...load, connections: 4 })
  // The smallest answers, on connections that stay and on a new one for each: what opening one costs is in `connect_time_ms` and in the rates.
  bench.http('network_io_keep_alive', { path: '/health' }, { connections: 4, duration: '3s', pool: { keepAlive: true } })
  bench.http('network_io_no_keep_alive', { path: '/health' }, { connections: 4, duration: '3s', pool: { keepAlive: false } })
})

async function contention(count: number): Promise<number[]> {
  const neighbours = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'programs/neighbour.mjs'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  )
  try {
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const alone = [work()]
      await tell(neighbours, 'spin')
      const beside = [work(), work()]
      await tell(neighbours, 'rest')
      alone.push(work())
      ratios.push(sum(beside) / sum(alone))
    }
    return ratios
  } finally {
    for (const neighbour of neighbours) neighbour.kill('SIGKILL')
  }
}

async function tell(neighbours: readonly ChildProcess[], what: 'spin' | 'rest'): Promise<void> {
  await Promise.all(
    neighbours.map(async (neighbour) => {
      const heard = once(neighbour, 'message')
      neighbour.send(what)
      await heard
    }),
  )
}

const block = randomBytes(1024 * 1024)

/** Milliseconds of work that one core does. */
function work(): number {
  const begin = performance.now()
  for (let turn = 0; turn < 20; turn++) createHash('sha256').update(block).digest()
  return performance.now() - begin
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function gcEfficiency(): Promise<number[]> {
  let pausedMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pausedMs += duration
  })
  observer.observe({ entryTypes: ['gc'] })
  try {
    const shares: number[] = []
    for (let round = 0; round < rounds; round++) {
      await setImmediate()
      pausedMs = 0
      const begin = performance.now()
      let kept: unknown[] = []
      for (let turn = 0; turn < 200; turn++) {
        // A tenth survives for a while, as in a cache.
        kept = [...kept.slice(-20), JSON.parse(JSON.stringify(terms.map((term, index) => ({ term, index, words: term.split(' ') }))))]
      }
      const elapsed = performance.now() - begin
      // Entries are handed over after the turn.
      await setImmediate()
      for (const { duration } of observer.takeRecords()) pausedMs += duration
      if (kept.length === 0) throw new Error('nothing was made')
      shares.push(1 - Math.min(1, pausedMs / elapsed))
    }
    return shares
  } finally {
    observer.disconnect()
  }
}

async function diskRounds(part: 'write' | 'read'): Promise<number[]> {
  await using folder = await tempDir({ bytes: diskBytes })
  const file = join(folder.path, 'block')
  const rates: number[] = []
  for (let round = 0; round < Math.min(5, rounds); round++) {
    const handle = await open(file, 'w')
    const times = { write: 0, read: 0 }
    try {
      const begin = performance.now()
      for (let written = 0; written < diskBytes; written += block.length) await handle.write(block)
      await handle.sync()
      times.write = performance.now() - begin
    } finally {
      await handle.close()
    }
    const begin = performance.now()
    const { length } = await readFile(file)
    times.read = performance.now() - begin
    if (length !== diskBytes) throw new Error(`${diskBytes} bytes were written, and ${length} are read`)
    rates.push(diskBytes / 1024 / 1024 / (times[part] / 1000))
    await unlink(file)
  }
  return rates
}

import { readdirSync } from 'node:fs'
import { openProc } from './read-file.ts'

/** Asking for one pid costs as much as listing so many (measured: 15 us and 0.9 us each). Threads have numbers too, but are in no listing. */
const listedForOne = 16
/** A listing comes this often anyway, for what looking at new pids may have missed. */
const listingEvery = 50

export interface Newcomers {
  next(): Candidates
  /** The next answer has every process that was started after this one. */
  listAfter(pid: number): void
  close(): void
}

/** Processes that may be new. */
export interface Candidates {
  /** Ascending. */
  readonly pids: readonly number[]
  /** They are from a listing: processes, not threads. */
  readonly listed: boolean
  /** These are all that run. */
  readonly whole: boolean
}

/** The system gives pids in order, and begins again at the bottom when it reaches the top. */
function givenAfter(pid: number, first: number, newest: number): boolean {
  return newest >= first ? pid > first && pid <= newest : pid > first || pid <= newest
}

/** The last pid that was given stands in /proc/loadavg, so on a machine where nothing starts an answer costs one read. */
export function watchNewcomers(): Newcomers {
  const loadavg = openProc('/proc/loadavg')
  let last = -1
  let answers = 0
  let asked: number[] = []
  let running = 0

  const listing = (): number[] => {
    const pids = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
      .sort((a, b) => a - b)
    running = pids.length
    return pids
  }

  return {
    next() {
      const length = loadavg?.read() ?? -1
      const newest = loadavg && length > 0 ? Number(loadavg.buffer.toString('latin1', 0, length).split(' ')[4]) : -1
      const from = last
      const after = [...asked, from]
      const few = asked.length === 0 && newest >= from && newest - from <= running / listedForOne
      last = newest
      asked = []
      if (newest < 0 || ++answers % listingEvery === 0) return { pids: listing(), listed: true, whole: true }
      if (few) return { pids: Array.from({ length: newest - from }, (_, index) => from + 1 + index), listed: false, whole: false }
      const pids = listing().filter((pid) => after.some((first) => givenAfter(pid, first, newest)))
      return { pids, listed: true, whole: false }
    },
    listAfter: (pid) => void asked.push(pid),
    close: () => loadavg?.close(),
  }
}

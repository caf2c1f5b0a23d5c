import { readdirSync } from 'node:fs'
import { openProc } from './read-file.ts'

/** Above this a listing of /proc is cheaper than asking for each pid. */
const longestRange = 128
/** A listing comes this often anyway, for what looking at new pids may have missed. */
const listingEvery = 50

export interface Newcomers {
  /** Pids that may be new, ascending. `whole`: these are all that run. */
  next(): { readonly pids: readonly number[]; readonly whole: boolean }
  /** Makes the next answer whole. */
  listNext(): void
  close(): void
}

/** The system gives pids in order and tells the last one in /proc/loadavg, so on a machine where nothing starts an answer costs one read. */
export function watchNewcomers(): Newcomers {
  const loadavg = openProc('/proc/loadavg')
  let last = -1
  let answers = 0
  let asked = true

  const listing = (): number[] =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
      .sort((a, b) => a - b)

  return {
    next() {
      const length = loadavg?.read() ?? -1
      const newest = loadavg && length > 0 ? Number(loadavg.buffer.toString('latin1', 0, length).split(' ')[4]) : -1
      const from = last
      last = newest
      const whole = asked || from < 0 || newest < from || newest - from > longestRange || ++answers % listingEvery === 0
      asked = false
      if (whole) return { pids: listing(), whole }
      return { pids: Array.from({ length: newest - from }, (_, index) => from + 1 + index), whole }
    },
    listNext() {
      asked = true
    },
    close: () => loadavg?.close(),
  }
}

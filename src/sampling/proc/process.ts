import type { ProcessReading } from './process-reading.ts'
import { openProc, readProc } from './read-file.ts'
import type { Stat } from './stat.ts'
import { parseStat } from './stat.ts'
import { millisecondsPerTick, pageSize } from './units.ts'

const page = pageSize()

/** A process that stood still in so many readings is a quiet one: most of a large tree sleeps most of the time. */
const quietAfter = 5

/** A process that is watched through a file that stays open. */
export interface WatchedProcess {
  readonly pid: number
  /** The root it belongs to. */
  root: number
  readonly stat: Stat
  /** What `stat` says of it, for samplers. */
  reading(): ProcessReading
  /** CPU ticks of children that it had waited for when it was first seen. */
  readonly waited_before: number
  /** Ticks of its children that vanished, of the same root and of others. */
  vanished: number
  vanished_elsewhere: number
  /** It stood still for a while: reading it every time tells nothing. */
  isQuiet(): boolean
  /** False once it is gone. */
  read(): boolean
  close(): void
}

export function watchProcess(pid: number, root: number): WatchedProcess | undefined {
  const file = openProc(`/proc/${pid}/stat`)
  if (!file) return undefined
  const stat: Stat = {
    zombie: false,
    ppid: 0,
    group: 0,
    session: 0,
    own_ticks: 0,
    waited_ticks: 0,
    threads: 0,
    virtual_bytes: 0,
    rss_pages: 0,
  }
  let still = 0
  let told: ProcessReading | undefined
  const read = (): boolean => {
    const { own_ticks, waited_ticks, rss_pages } = stat
    const length = file.read()
    if (length <= 0) return false
    parseStat(file.buffer, length, stat)
    told = undefined
    still = own_ticks === stat.own_ticks && waited_ticks === stat.waited_ticks && rss_pages === stat.rss_pages ? still + 1 : 0
    return true
  }
  if (!read()) {
    file.close()
    return undefined
  }
  return {
    pid,
    root,
    stat,
    waited_before: stat.waited_ticks,
    vanished: 0,
    vanished_elsewhere: 0,
    isQuiet: () => still >= quietAfter,
    read,
    reading: () => (told ??= readingOf(pid, stat)),
    close: () => file.close(),
  }
}

/**
 * Ticks of a process and of everything below it that ended. The system adds a child's time to its parent when the parent waits for
 * it (cutime and cstime of proc(5)), which covers children too short to be seen; a parent that never waits leaves the last
 * counters that were seen of the child. The larger of the two counts each child once. Time of children that are roots of their own is taken off.
 */
export function ticks(process: WatchedProcess): number {
  const { stat, waited_before, vanished, vanished_elsewhere } = process
  const waited = Math.max(waited_before, stat.waited_ticks - vanished_elsewhere)
  return stat.own_ticks + Math.max(waited, waited_before + vanished)
}

/** Numbers above the last pid are threads too: only a thread group's leader is a process. */
export function isProcess(pid: number): boolean {
  return readProc(`/proc/${pid}/status`)?.includes(`\nTgid:\t${pid}\n`) ?? false
}

function readingOf(pid: number, stat: Stat): ProcessReading {
  return {
    pid,
    ppid: stat.ppid,
    cpu_ms: stat.own_ticks * millisecondsPerTick,
    rss_bytes: stat.rss_pages * page,
    virtual_bytes: stat.virtual_bytes,
    threads: stat.threads,
  }
}

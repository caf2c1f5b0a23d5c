import { now } from './clock.ts'
import type { Forest } from './forest.ts'
import { watchNewcomers } from './proc/newcomers.ts'
import type { WatchedProcess } from './proc/process.ts'
import { isProcess, ticks, watchProcess } from './proc/process.ts'
import { millisecondsPerTick } from './proc/units.ts'

/** A process that lives shorter may stay unseen; its time is in its parent's counters all the same. */
const discoverEvery_ms = 500
/** Where neighbours start many processes, each of which has to be looked at, discoveries come less often: they may take this share of a core … */
const discoveryShare = 0.0005
/** … but are never further apart than this. */
const discoverAtLeastEvery_ms = 1000
/**
 * Quiet processes are read so often, all of them at one moment: the first file that is read after a pause costs several times
 * what the next ones do.
 */
const quietEvery_ms = 1000
/**
 * Of lively processes so many are read at once, and of a larger tree the others at the next intervals: a tree of 20 would else cost several times as much. At the borders of
 * phases all are read, so totals are exact.
 */
const readAtOnce = 4

/** Process trees through /proc (Linux). */
export function procForest(): Forest {
  const roots = new Set<number>()
  /** In the order of discovery: parents stand before their children, and are read before them, so that no child is counted twice. */
  const watched = new Map<number, WatchedProcess>()
  /** Ticks that a tree keeps of processes that ended without a parent in it. */
  const kept = new Map<number, number>()
  const newcomers = watchNewcomers()
  let strangers = new Set<number>()
  let nextDiscovery = 0
  let nextQuiet = 0
  let turn = 0
  let turns = 1
  /** Pids that were given to a process that could not be seen yet: they are looked at once more. */
  let unborn: number[] = []

  const keep = (root: number, amount: number): void => void kept.set(root, (kept.get(root) ?? 0) + amount)

  /** Children first, so that a whole branch that ended at once folds upwards. */
  function settle(vanished: readonly WatchedProcess[]): void {
    for (const child of vanished.toReversed()) {
      const parent = watched.get(child.stat.ppid)
      if (parent?.root === child.root) parent.vanished += ticks(child)
      else {
        keep(child.root, ticks(child))
        if (parent) parent.vanished_elsewhere += ticks(child)
      }
    }
    for (const process of vanished) {
      process.close()
      watched.delete(process.pid)
    }
  }

  function ownerOf(process: WatchedProcess): number | undefined {
    const { ppid, group, session } = process.stat
    // A child whose parent is gone is still in the group or session that its root leads.
    return watched.get(ppid)?.root ?? (roots.has(group) ? group : undefined) ?? (roots.has(session) ? session : undefined)
  }

  /** `listed`: the pid is from a listing, so that it is a process and no thread. */
  function adopt(pid: number, listed: boolean): void {
    if (watched.has(pid) || pid === process.pid) return
    const candidate = watchProcess(pid, 0)
    if (!candidate) return void unborn.push(pid)
    const owner = candidate.stat.ppid === process.pid ? undefined : ownerOf(candidate)
    if (owner === undefined || !(listed || isProcess(pid))) {
      candidate.close()
      strangers.add(pid)
      return
    }
    candidate.root = owner
    watched.set(pid, candidate)
  }

  function discover(): void {
    const again = unborn
    unborn = []
    const { pids, listed, whole } = newcomers.next()
    if (whole) {
      const running = new Set(pids)
      strangers = new Set([...strangers].filter((pid) => running.has(pid)))
    }
    for (const pid of pids) if (!listed || !strangers.has(pid)) adopt(pid, listed)
    const twice = new Set(unborn)
    for (const pid of again) if (!twice.has(pid)) adopt(pid, false)
    unborn = unborn.filter((pid) => !again.includes(pid))
  }

  /** Reads the processes that are due. Gives back those that are gone. */
  function readProcesses(all: boolean, quiet: boolean): WatchedProcess[] {
    const vanished: WatchedProcess[] = []
    // Where a parent was told of a child's end, that child's time is in its counter now, and must not be counted twice.
    const heirs: number[] = []
    let lively = 0
    for (const process of watched.values()) {
      const due = process.isQuiet() ? quiet : lively++ % turns === turn % turns
      if (!all && !due && !heirs.includes(process.stat.ppid)) continue
      const { waited_ticks } = process.stat
      if (!process.read()) vanished.push(process)
      else if (process.stat.waited_ticks !== waited_ticks) heirs.push(process.pid)
    }
    turn++
    turns = Math.max(1, Math.ceil(lively / readAtOnce))
    return vanished
  }

  /** A process of one tree that becomes a root takes its branch along; the tree it leaves keeps what it had spent. */
  function claim(root: number): void {
    for (const process of watched.values()) {
      const owner = roots.has(process.pid) ? process.pid : (watched.get(process.stat.ppid)?.root ?? process.root)
      if (owner !== root || process.root === root) continue
      keep(process.root, ticks(process))
      keep(root, -ticks(process))
      process.root = root
    }
  }

  return {
    add(root) {
      roots.add(root.pid)
      if (!watched.has(root.pid)) {
        const found = watchProcess(root.pid, root.pid)
        if (found) watched.set(root.pid, found)
      }
      strangers.clear()
      newcomers.listAfter(root.pid)
      claim(root.pid)
    },
    refresh(which) {
      const at = now()
      const all = which === 'all'
      const quiet = all || at >= nextQuiet
      if (quiet) nextQuiet = at + quietEvery_ms
      const vanished = readProcesses(all, quiet)
      if (vanished.length > 0) settle(vanished)
      if (!all && at < nextDiscovery) return
      const begun = now()
      discover()
      const pause_ms = (now() - begun) / discoveryShare
      nextDiscovery = begun + Math.min(Math.max(pause_ms, discoverEvery_ms), discoverAtLeastEvery_ms)
    },
    tree(pid) {
      let spent = kept.get(pid) ?? 0
      const processes = []
      for (const process of watched.values()) {
        if (process.root !== pid) continue
        spent += ticks(process)
        if (!process.stat.zombie) processes.push(process.reading())
      }
      return { processes, cpu_ms: spent * millisecondsPerTick }
    },
    close() {
      for (const process of watched.values()) process.close()
      watched.clear()
      newcomers.close()
    },
  }
}

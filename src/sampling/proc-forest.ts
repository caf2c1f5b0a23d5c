import { now } from './clock.ts'
import type { Forest } from './forest.ts'
import { watchNewcomers } from './proc/newcomers.ts'
import type { WatchedProcess } from './proc/process.ts'
import { isProcess, reading, ticks, watchProcess } from './proc/process.ts'
import { millisecondsPerTick } from './proc/units.ts'

/** A process that lives shorter may stay unseen; its time is in its parent's counters all the same. */
const discoverEvery_ms = 250

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

  function adopt(pid: number): void {
    if (watched.has(pid) || pid === process.pid) return
    const candidate = watchProcess(pid, 0)
    if (!candidate) return void unborn.push(pid)
    const owner = candidate.stat.ppid === process.pid ? undefined : ownerOf(candidate)
    if (owner === undefined || !isProcess(pid)) {
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
    const { pids, whole } = newcomers.next()
    if (whole) {
      const running = new Set(pids)
      strangers = new Set([...strangers].filter((pid) => running.has(pid)))
    }
    for (const pid of pids) if (!whole || !strangers.has(pid)) adopt(pid)
    const twice = new Set(unborn)
    for (const pid of again) if (!twice.has(pid)) adopt(pid)
    unborn = unborn.filter((pid) => !again.includes(pid))
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
      newcomers.listNext()
      claim(root.pid)
    },
    refresh(which) {
      const vanished: WatchedProcess[] = []
      for (const process of watched.values()) if (!process.read(which === 'all')) vanished.push(process)
      if (vanished.length > 0) settle(vanished)
      const at = now()
      if (which === 'lively' && at < nextDiscovery) return
      nextDiscovery = at + discoverEvery_ms
      discover()
    },
    tree(pid) {
      const members = [...watched.values()].filter((process) => process.root === pid)
      const spent = members.reduce((sum, process) => sum + ticks(process), kept.get(pid) ?? 0)
      return { processes: members.filter(({ stat }) => !stat.zombie).map(reading), cpu_ms: spent * millisecondsPerTick }
    },
    close() {
      for (const process of watched.values()) process.close()
      watched.clear()
      newcomers.close()
    },
  }
}

import { availableParallelism } from 'node:os'
import type { Forest, Tree } from './forest.ts'
import { now } from './clock.ts'
import type { ProcessReading } from './proc/process-reading.ts'

/** A listing starts a process of the system (ps, PowerShell), so it comes no more often than this. */
const listingEvery_ms = 1000

/** Of how many cores 100 % is a share: of one for ps, of all for what systeminformation computes itself, on Windows and Linux. */
export function coresOfShare(platform: NodeJS.Platform): number {
  return platform === 'win32' || platform === 'linux' ? availableParallelism() : 1
}

/**
 * Process trees where there is no /proc, from systeminformation. It tells CPU as a share, which is summed up over time here: coarser than a
 * counter, and processes that live shorter than a listing are not seen.
 */
export function portableForest(): Forest {
  const cores = coresOfShare(process.platform)
  const roots = new Set<number>()
  const trees = new Map<number, { processes: readonly ProcessReading[]; cpu_ms: number }>()
  let listing: Promise<void> | undefined
  let last: number | undefined

  async function list(): Promise<void> {
    // Loaded only where it is needed: it is large.
    const { processes: listProcesses } = await import('systeminformation')
    const { list } = await listProcesses()
    const at = now()
    const elapsed = last === undefined ? 0 : at - last
    last = at
    const parents = new Map(list.map(({ pid, parentPid }) => [pid, parentPid]))
    const ownerOf = (pid: number): number | undefined => {
      let ancestor: number | undefined = pid
      for (let depth = 0; ancestor !== undefined && ancestor !== process.pid && depth < 64; depth++) {
        if (roots.has(ancestor)) return ancestor
        ancestor = parents.get(ancestor)
      }
      return undefined
    }
    const owned = Map.groupBy(list, ({ pid }) => ownerOf(pid))
    for (const root of roots) {
      const members = owned.get(root) ?? []
      const spent = members.reduce((sum, { cpu }) => sum + (cpu / 100) * cores * elapsed, 0)
      const processes = members.map(({ pid, parentPid, memRss, memVsz }) => ({
        pid,
        ppid: parentPid,
        cpu_ms: 0,
        rss_bytes: memRss * 1024,
        virtual_bytes: memVsz * 1024,
        threads: 0,
      }))
      trees.set(root, { processes, cpu_ms: (trees.get(root)?.cpu_ms ?? 0) + spent })
    }
  }

  return {
    add(root) {
      roots.add(root.pid)
    },
    async refresh() {
      const first = [...roots].some((root) => !trees.has(root))
      if (!first && (listing || (last !== undefined && now() - last < listingEvery_ms))) return
      listing ??= list().finally(() => {
        listing = undefined
      })
      if (first) await listing
    },
    tree: (pid): Tree => trees.get(pid) ?? { processes: [], cpu_ms: 0 },
    close() {},
  }
}

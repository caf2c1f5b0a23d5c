import { toMegabytes } from '../model/units.ts'
import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import { watchFiles } from './proc/process-files.ts'
import type { Sampler } from './sampler.ts'

/** More would cost more than they tell. */
const mostProcesses = 8

/** The system walks all page tables for it, so it is rare, rarer still for large processes, and left out for large trees. */
export const proportionalMemory = {
  metrics: catalogued({ pss_mb: 'peak' }),
  every_ms: 2000,
  unsupported: () => needsProc('smaps_rollup'),
  open() {
    const files = watchFiles('smaps_rollup')
    return {
      read({ processes }) {
        if (processes.length > mostProcesses)
          throw new Error(`${processes.length} processes: reading the page tables of more than ${mostProcesses} costs too much`)
        let kilobytes = 0
        let found = 0
        for (const { pid } of processes) {
          const share = /^Pss:\s+(\d+) kB/m.exec(files.read(pid) ?? '')?.[1]
          if (share === undefined) continue
          kilobytes += Number(share)
          found++
        }
        files.keep(new Set(processes.map(({ pid }) => pid)))
        if (found === 0) throw new Error('/proc/<pid>/smaps_rollup cannot be read: the processes belong to another user')
        // A sum over some of the processes would look like a fall.
        return found === processes.length ? { pss_mb: toMegabytes(kilobytes * 1024) } : undefined
      },
      close: () => files.keep(new Set()),
    }
  },
} satisfies Sampler<'pss_mb'>

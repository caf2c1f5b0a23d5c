import { readdirSync, statSync } from 'node:fs'
import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import type { Sampler } from './sampler.ts'

/** Since Linux 6.2 the size of the folder is the number of open files; before, its entries are counted. */
function openFilesOf(pid: number): number | undefined {
  const folder = `/proc/${pid}/fd`
  try {
    return statSync(folder).size || readdirSync(folder).length
  } catch {
    return undefined
  }
}

export const openFiles = {
  metrics: catalogued({ open_files: 'peak' }),
  every_ms: 1000,
  unsupported: () => needsProc('fd'),
  open: () => ({
    read({ processes }) {
      const counts = processes.map(({ pid }) => openFilesOf(pid)).filter((count) => count !== undefined)
      if (counts.length === 0) throw new Error('/proc/<pid>/fd cannot be read: the processes belong to another user')
      return { open_files: counts.reduce((sum, count) => sum + count, 0) }
    },
  }),
} satisfies Sampler<'open_files'>

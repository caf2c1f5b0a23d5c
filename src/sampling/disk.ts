import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import { watchFiles } from './proc/process-files.ts'
import type { Sampler } from './sampler.ts'

/** `name` as it stands at the begin of a line. */
function field(text: string, name: string): number {
  const start = text.indexOf(`\n${name}: `) + name.length + 3
  return Number(text.slice(start, text.indexOf('\n', start)))
}

/**
 * Bytes that went to and came from storage: reads that the page cache answered are not in it, and writes count when pages become dirty
 * (read_bytes and write_bytes of /proc/<pid>/io, proc(5)). The system hands a child's counters to the parent that waits for it.
 */
export const disk = {
  metrics: catalogued({ disk_read_bytes: 'total', disk_write_bytes: 'total' }),
  every_ms: 1000,
  unsupported: () => needsProc('io'),
  open() {
    const files = watchFiles('io')
    const last = new Map<number, { ppid: number; read: number; written: number }>()
    let read = 0
    let written = 0
    return {
      read({ pid: root, processes }) {
        const running = new Set(processes.map(({ pid }) => pid))
        const known = new Set(last.keys())
        for (const [pid, counters] of last) {
          if (running.has(pid)) continue
          last.delete(pid)
          // With its parent in the tree the parent has the bytes; otherwise nobody has them any more.
          if (pid !== root && known.has(counters.ppid)) continue
          read += counters.read
          written += counters.written
        }
        for (const { pid, ppid } of processes) {
          const text = files.read(pid)
          // Just ended: its parent may have its bytes already.
          if (text === undefined) last.delete(pid)
          else last.set(pid, { ppid, read: field(text, 'read_bytes'), written: field(text, 'write_bytes') })
        }
        files.keep(running)
        if (last.size === 0) throw new Error(`/proc/${root}/io cannot be read: it belongs to another user, or the process is gone`)
        const totals = { disk_read_bytes: read, disk_write_bytes: written }
        for (const counters of last.values()) {
          totals.disk_read_bytes += counters.read
          totals.disk_write_bytes += counters.written
        }
        return totals
      },
      close: () => files.keep(new Set()),
    }
  },
} satisfies Sampler<'disk_read_bytes' | 'disk_write_bytes'>

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process something belongs to. A pid alone is not enough: it is given away again. */
export interface Owner {
  readonly pid: number
  /** Start of the process in the kernel's own count, where that can be read. */
  readonly started: string
  /** Containers may share a folder, and not their processes. */
  readonly host: string
}

export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid), host: hostname() }
}

/** What another host does cannot be seen from here, so it counts as alive. */
export function isAlive({ pid, started, host }: Owner): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startOf(pid) === started
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program may hold anything, so fields are counted from its closing bracket: the start time is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

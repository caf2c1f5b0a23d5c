import type { ProcFile } from './read-file.ts'
import { openProc } from './read-file.ts'

/** One file of each process of a tree, opened once. */
export interface ProcessFiles {
  /** Undefined where the process is gone or the file may not be read. */
  read(pid: number): string | undefined
  /** Closes the files of all other processes. */
  keep(running: ReadonlySet<number>): void
}

export function watchFiles(name: string): ProcessFiles {
  const files = new Map<number, ProcFile>()
  return {
    read(pid) {
      let file = files.get(pid)
      if (!file) {
        file = openProc(`/proc/${pid}/${name}`)
        if (!file) return undefined
        files.set(pid, file)
      }
      const length = file.read()
      return length < 0 ? undefined : file.buffer.toString('latin1', 0, length)
    },
    keep(running) {
      for (const [pid, file] of files) {
        if (running.has(pid)) continue
        file.close()
        files.delete(pid)
      }
    },
  }
}

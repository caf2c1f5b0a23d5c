import { closeSync, openSync, readSync } from 'node:fs'

const buffer = Buffer.allocUnsafe(65_536)

/** A file of /proc that stays open: a reading costs one system call, and after the end of its process it fails, even where the pid lives again. */
export interface ProcFile {
  /** The content in a buffer that the next reading overwrites, and its length; -1 where the process is gone. */
  read(): number
  readonly buffer: Buffer
  close(): void
}

export function openProc(path: string): ProcFile | undefined {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return undefined
  }
  return {
    buffer,
    read() {
      try {
        return readSync(fd, buffer, 0, buffer.length, 0)
      } catch {
        return -1
      }
    },
    close: () => closeSync(fd),
  }
}

/** The text of a small file of /proc or /sys; undefined where it is missing, forbidden or gone. */
export function readProc(path: string): string | undefined {
  const file = openProc(path)
  if (!file) return undefined
  try {
    const length = file.read()
    return length < 0 ? undefined : buffer.toString('latin1', 0, length)
  } finally {
    file.close()
  }
}

import { fsync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { PerfError } from '../model/error.ts'
import { historyLine } from './history-line.ts'
import type { HistoryRun } from './history-run.ts'

/** By number: the files that Plug'n'Play gives have no `sync` of their own. */
const toDisk = promisify(fsync)

/**
 * Adds one run at the end of `history.ndjson`; what is there is never rewritten. The line goes out in one write to a file opened for
 * appending, which the system keeps whole and apart from those of other processes on a local disk. A torn last line, left by a crash or
 * a full disk, is closed first, so that it costs itself only.
 *
 * @throws PerfError RESULTS_UNWRITABLE
 */
export async function appendHistory(path: string, run: HistoryRun): Promise<void> {
  const line = historyLine(run)
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a+')
    try {
      const bytes = Buffer.from((await endsWhole(file)) ? line : `\n${line}`)
      const { bytesWritten } = await file.write(bytes, 0, bytes.length)
      if (bytesWritten < bytes.length) throw new Error(`only ${bytesWritten} of ${bytes.length} bytes fitted`)
      await toDisk(file.fd)
    } finally {
      // Plug'n'Play gives files that "await using" cannot end.
      await file.close()
    }
  } catch (cause) {
    throw new PerfError('RESULTS_UNWRITABLE', `The history ${path} could not be written: ${messageOf(cause)}.`, {
      place: { file: path },
      cause,
    })
  }
}

async function endsWhole(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return true
  const last = Buffer.alloc(1)
  await file.read(last, 0, 1, size - 1)
  return last[0] === newline
}

const newline = 0x0a

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

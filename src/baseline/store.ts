import { randomUUID } from 'node:crypto'
import { fsync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PerfError } from '../model/error.ts'
import type { Baseline } from './baseline.ts'
import { baselineText } from './file-baseline.ts'

/** By number: the files that Plug'n'Play gives have no `sync` of their own. */
const toDisk = promisify(fsync)

export { nextBaseline } from './next-baseline.ts'

/**
 * Writes baseline.json beside its place and renames it: a reader, or a run that is killed, sees the old file or the new one.
 *
 * @throws PerfError RESULTS_UNWRITABLE
 */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`)
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(unfinished, 'wx')
    try {
      await file.writeFile(baselineText(baseline))
      await toDisk(file.fd)
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw new PerfError('RESULTS_UNWRITABLE', `The baseline cannot be written: ${(cause as Error).message}.`, {
      place: { file: path },
      cause,
    })
  }
}

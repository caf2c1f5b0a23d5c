import { randomUUID } from 'node:crypto'
import { fsync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PerfError } from '../model/error.ts'
import type { Baseline, BaselineReading } from './baseline.ts'
import { baselineText } from './file-baseline.ts'
import { withLock } from './lock.ts'
import type { NextBaseline } from './next-baseline.ts'
import { readBaseline } from './read.ts'

/** By number: the files that Plug'n'Play gives have no `sync` of their own. */
const toDisk = promisify(fsync)

export { nextBaseline } from './next-baseline.ts'

/**
 * Reads the baseline, has the next one made of it and writes that, while nobody else does the same: of two runs that end at once, both are in it.
 *
 * @param next what is to be written, or `undefined`: the file stays as it is
 * @throws PerfError RESULTS_UNWRITABLE, and what `next` throws
 */
export async function updateBaseline<Made>(
  path: string,
  next: (reading: BaselineReading) => Promise<readonly [Made, Baseline | undefined]>,
): Promise<Made> {
  const work = async (): Promise<{ readonly made: Made } | { readonly thrown: unknown }> => {
    try {
      const [made, baseline] = await next(await readBaseline(path))
      if (baseline) await writeBaseline(path, baseline)
      return { made }
    } catch (thrown) {
      return { thrown }
    }
  }
  const done = await withLock(path, work).catch((cause: unknown) => {
    throw unwritable(path, cause)
  })
  if ('thrown' in done) throw done.thrown
  return done.made
}

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
    throw unwritable(path, cause)
  }
}

/** For {@link updateBaseline}, what is to be written beside what came out. */
export function written(next: NextBaseline): readonly [NextBaseline, Baseline | undefined] {
  return [next, next.state === 'updated' ? next.baseline : undefined]
}

function unwritable(path: string, cause: unknown): PerfError {
  return new PerfError('RESULTS_UNWRITABLE', `The baseline cannot be written: ${(cause as Error).message}.`, {
    place: { file: path },
    cause,
  })
}

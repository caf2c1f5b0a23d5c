import { randomUUID } from 'node:crypto'
import { fsync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** By number: the files that Plug'n'Play gives have no `sync` of their own. */
const toDisk = promisify(fsync)

/** A hidden name in the same folder, so that renaming it never crosses a file system. */
export const unfinishedName = (path: string): string => join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`)

/** Written beside its place, forced to disk, then renamed: a reader sees the old file or the new one, never a part. */
export async function writeWhole(path: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = unfinishedName(path)
  try {
    const file = await open(unfinished, 'wx')
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await file.writeFile(content)
      // Block by block by hand: files of Plug'n'Play take no iterable.
      else for (const block of inBlocks(content)) await file.appendFile(block)
      await toDisk(file.fd)
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

const blockSize = 1 << 18

/** Pieces put together: a write for each of ten thousand takes longer than making them. */
function* inBlocks(pieces: Iterable<string>): Generator<string, void> {
  let block = ''
  for (const piece of pieces) {
    block += piece
    if (block.length < blockSize) continue
    yield block
    block = ''
  }
  yield block
}

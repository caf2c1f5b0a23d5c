import { closeSync, createReadStream, createWriteStream, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bench as plainBench, describePerf } from 'vitest-perf'
import { tempDir } from 'vitest-perf/fixtures'
import { sized } from './pace.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 60 }

// On the disk of the system's temporary folder. Node cannot open files past the page cache (O_DIRECT wants aligned memory): what is written here goes
// into the cache and what is read comes out of it, except where fsync waits for the disk. Each name says which.
const megabyte = 1024 * 1024
const largeBytes = sized(256, 16) * megabyte
const entries = sized(10_000, 500)
const rounds = sized(3, 1)
const block = 4096
const time = '1s'

const chunk = Buffer.alloc(megabyte, 'The quick brown fox jumps over the lazy dog. ')
const note = Buffer.alloc(block, 'x')

interface Folder {
  readonly path: string
  /** Of `largeBytes`. */
  readonly large: string
}

interface Tree {
  readonly top: string
  /** How long it took to make it. */
  readonly createMs: number
}

const bench = plainBench.extend({
  folder: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use: (folder: Folder) => Promise<void>) => {
      // Two large files at a time, and ten thousand small ones.
      await using made = await tempDir({ bytes: 2 * largeBytes + entries * block })
      const large = join(made.path, 'large')
      await writeLarge(large)
      await use({ path: made.path, large })
    },
    { scope: 'file' },
  ],
  tree: [
    async ({ folder: { path } }: { folder: Folder }, use: (tree: Tree) => Promise<void>) => {
      const top = join(path, 'tree')
      await use({ top, createMs: await timed(() => createTree(top)) })
    },
    { scope: 'file' },
  ],
})

let next = 0

describePerf('file-system', { ...noise, time }, () => {
  // A file of 4 KB made, read, looked at, renamed and removed.
  bench('file_operations', async ({ folder: { path } }) => {
    const file = join(path, `note-${next++}`)
    await writeFile(file, note)
    const read = await readFile(file)
    const { size } = await stat(file)
    if (size !== block || !read.equals(note)) throw new Error('what was written was not read')
    await rename(file, `${file}.done`)
    await unlink(`${file}.done`)
  })

  // One call writes and reads back 256 MB by streams.
  bench('large_file_handling (page cache)', { id: 'large_file_handling', time: '3s', memory: false }, async ({ folder: { path } }) => {
    const file = join(path, 'streamed')
    await writeLarge(file)
    if ((await readLarge(file)) !== largeBytes) throw new Error('the file came back in another length')
    await unlink(file)
  })
  bench.track(
    'large_file_write (page cache, then fsync)',
    ({ folder: { path } }) =>
      repeated(async () => {
        const file = join(path, 'synced')
        const begin = performance.now()
        await writeLarge(file)
        const handle = await open(file, 'r+')
        await handle.sync()
        await handle.close()
        const elapsed = performance.now() - begin
        await unlink(file)
        return perSecond(elapsed)
      }),
    { id: 'large_file_write', unit: 'MB/s', better: 'higher', timeout: '3m' },
  )
  bench.track(
    'large_file_read (page cache)',
    ({ folder: { large } }) =>
      repeated(async () => {
        const begin = performance.now()
        if ((await readLarge(large)) !== largeBytes) throw new Error('the file came back in another length')
        return perSecond(performance.now() - begin)
      }),
    { id: 'large_file_read', unit: 'MB/s', better: 'higher' },
  )

  // Eight at once, each writing its own file and reading its neighbour's: a reader sees the old content or the new one, never a mixture.
  bench('concurrent_file_access', async ({ folder: { path } }) => {
    const turn = next++
    await Promise.all(Array.from({ length: 8 }, (_, writer) => replaceFile(join(path, `shared-${writer}`), turn)))
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const [, read] = await Promise.all([
          replaceFile(join(path, `shared-${writer}`), turn + 1),
          readFile(join(path, `shared-${(writer + 1) % 8}`), 'utf8'),
        ])
        checkWhole(read, [turn, turn + 1])
      }),
    )
    next++
  })

  // Ten thousand files in a hundred folders: made, listed, walked and removed in one call, and each of the four on its own.
  bench('directory_operations', { memory: false }, async ({ folder: { path } }) => {
    const top = join(path, `many-${next++}`)
    await createTree(top)
    expectAll(await listTree(top))
    expectAll(await walkTree(top))
    await rm(top, { recursive: true })
  })
  bench.track('directory_create', ({ tree: { createMs } }) => createMs / entries, { unit: 'ms per entry' })
  bench.track('directory_list', ({ tree: { top } }) => repeated(() => timed(() => listTree(top).then(expectAll))), {
    unit: `ms per ${entries} entries`,
  })
  bench.track('directory_walk', ({ tree: { top } }) => repeated(() => timed(() => walkTree(top).then(expectAll))), {
    unit: `ms per ${entries} entries`,
  })
  // Last of the four, for it takes the tree away.
  bench.track('directory_remove', async ({ tree: { top } }) => (await timed(() => rm(top, { recursive: true }))) / entries, {
    unit: 'ms per entry',
  })

  // 4 KB at a random place of the large file, and the next 4 KB for comparison.
  let file = 0
  const opened = {
    setup: ({ folder: { large } }: { folder: Folder }) => void (file = openSync(large, 'r')),
    teardown: () => closeSync(file),
  }
  const buffer = Buffer.alloc(block)
  const blocks = largeBytes / block
  let place = 1
  bench('seek_time (page cache)', { id: 'seek_time', ...opened }, () => {
    // A linear congruential walk: every block once in a round, in no order that read-ahead would guess.
    place = (place * 1_664_525 + 1_013_904_223) % blocks
    return readSync(file, buffer, 0, block, place * block)
  })
  let ahead = 0
  bench('seek_time_sequential (page cache)', { id: 'seek_time_sequential', ...opened }, () => {
    ahead = (ahead + 1) % blocks
    return readSync(file, buffer, 0, block, ahead * block)
  })

  // 4 KB written and waited for until the disk has them: the price of durability.
  bench(
    'fsync_latency (disk)',
    {
      id: 'fsync_latency',
      setup: ({ folder: { path } }) => void (file = openSync(join(path, 'journal'), 'w')),
      teardown: () => closeSync(file),
    },
    () => {
      writeSync(file, note, 0, block, 0)
      fsyncSync(file)
    },
  )
})

async function writeLarge(file: string): Promise<void> {
  const chunks = function* () {
    for (let written = 0; written < largeBytes; written += chunk.length) yield chunk
  }
  await pipeline(
    Readable.from(chunks(), { objectMode: false, highWaterMark: megabyte }),
    createWriteStream(file, { highWaterMark: megabyte }),
  )
}

async function readLarge(file: string): Promise<number> {
  let bytes = 0
  for await (const part of createReadStream(file, { highWaterMark: megabyte })) bytes += (part as Buffer).length
  return bytes
}

async function repeated(once: () => Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let round = 0; round < rounds; round++) values.push(await once())
  return values
}

function perSecond(elapsedMs: number): number {
  return largeBytes / megabyte / (elapsedMs / 1000)
}

/** As one replaces a file that others read: beside it, then renamed. */
async function replaceFile(file: string, turn: number): Promise<void> {
  const beside = `${file}.${turn}`
  await writeFile(beside, `${turn} `.repeat(1000))
  await rename(beside, file)
}

function checkWhole(read: string, turns: readonly number[]): void {
  if (!turns.some((turn) => read === `${turn} `.repeat(1000)))
    throw new Error(`a reader saw neither turn ${turns.join(' nor ')}: ${read.slice(0, 40)}`)
}

const folders = Array.from({ length: 100 }, (_, number) => String(number))

async function createTree(top: string): Promise<void> {
  const each = entries / folders.length
  for (const folder of folders) {
    await mkdir(join(top, folder), { recursive: true })
    await Promise.all(Array.from({ length: each }, (_, number) => writeFile(join(top, folder, `${number}.txt`), 'x')))
  }
}

async function listTree(top: string): Promise<number> {
  let seen = 0
  for (const folder of folders) seen += (await readdir(join(top, folder))).length
  return seen
}

/** Looks at every file, as a search for changed ones does. */
async function walkTree(top: string): Promise<number> {
  let seen = 0
  for (const entry of await readdir(top, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && (await stat(join(entry.parentPath, entry.name))).size === 1) seen++
  return seen
}

function expectAll(seen: number): void {
  if (seen !== entries) throw new Error(`${entries} files were made, and ${seen} are seen`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LockOptions {
  /** A lock that is older was left by a process that died: reading, judging and writing a baseline takes far less. @default 30 s */
  readonly staleMs?: number
}

/**
 * Does the work while no other process does its own for the same file. The lock is a file beside it that only one can make, on network drives too;
 * who dies with it is waited for until it is stale.
 *
 * @throws what the file system says where none can be made there
 */
export async function withLock<Result>(path: string, work: () => Promise<Result>, { staleMs = 30_000 }: LockOptions = {}): Promise<Result> {
  const lock = join(dirname(path), `.${basename(path)}.lock`)
  const own = randomUUID()
  await mkdir(dirname(path), { recursive: true })
  while (!(await made(lock, own))) {
    await endStale(lock, staleMs)
    await sleep(20 + Math.random() * 30)
  }
  try {
    return await work()
  } finally {
    // Whoever thought it stale has one of its own by now.
    if ((await readFile(lock, 'utf8').catch(() => '')) === own) await rm(lock, { force: true })
  }
}

async function made(lock: string, own: string): Promise<boolean> {
  try {
    await writeFile(lock, own, { flag: 'wx' })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // On Windows, a file that is just being removed.
    if (code === 'EPERM' && process.platform === 'win32') return false
    throw error
  }
}

const isStale = async (file: string, staleMs: number): Promise<boolean> =>
  Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs >= staleMs

/** Moved before it is removed: where it was that of the next one by then, for another was quicker, it is put back. */
async function endStale(lock: string, staleMs: number): Promise<void> {
  if (!(await isStale(lock, staleMs))) return
  const aside = `${lock}.${randomUUID().slice(0, 8)}`
  try {
    await rename(lock, aside)
  } catch {
    return
  }
  if (!(await isStale(aside, staleMs))) await link(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}

import { mkdtemp, readdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { PerfError } from '../model/error.ts'
import { isAlive, thisProcess, type Owner } from './owner.ts'

const prefix = 'vitest-perf-against-'
const ownerFile = 'owner.json'

/** The two places have names of one length, so that paths of both sides are equally long. */
export interface Workspace {
  readonly folder: string
  readonly a: string
  readonly b: string
}

/**
 * A folder of its own for this run, outside of the project, with a marker that says whose it is.
 * @throws PerfError AGAINST_WORKSPACE
 */
export async function createWorkspace(): Promise<Workspace> {
  try {
    const folder = await mkdtemp(join(await realpath(tmpdir()), prefix))
    await writeFile(join(folder, ownerFile), JSON.stringify(thisProcess()))
    return { folder, a: join(folder, 'a'), b: join(folder, 'b') }
  } catch (cause) {
    throw new PerfError('AGAINST_WORKSPACE', `No folder could be made for the two versions: ${(cause as Error).message}`, { cause })
  }
}

/** Processes that are just ending may still write, so it is tried for a while. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** Removes folders of runs that were killed. */
export async function sweepWorkspaces(): Promise<number> {
  const parent = await realpath(tmpdir())
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix))
  let swept = 0
  for (const folder of names.map((name) => join(parent, name))) {
    const owner = await ownerOf(folder)
    if (owner && isAlive(owner)) continue
    await (owner ? removeFolder(folder) : removeIfLeft(folder)).then(
      () => swept++,
      () => {},
    )
  }
  return swept
}

export function isWorkspace(folder: string): boolean {
  return basename(folder).startsWith(prefix)
}

async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    const { pid, started, host } = JSON.parse(await readFile(join(folder, ownerFile), 'utf8')) as Partial<Owner>
    return typeof pid === 'number' && typeof started === 'string' && typeof host === 'string' ? { pid, started, host } : undefined
  } catch {
    return undefined
  }
}

/** Of a run that was killed before it could say whose it is: empty, and older than any start. Throws where it is none. */
async function removeIfLeft(folder: string): Promise<void> {
  const { mtimeMs } = await stat(folder)
  if (Date.now() - mtimeMs < 60_000) throw new Error('still young')
  await rmdir(folder)
}

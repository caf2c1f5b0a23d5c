import { cp, lstat, rename, rm, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unfinishedName } from './write-whole.ts'

export type Link = (target: string, path: string) => Promise<void>

/** Relative, so that the results folder can be moved. */
export const linkFolder: Link = (target, path) => symlink(target, path, 'dir')

/** `latest` becomes the given folder of a run: a link that is replaced in one step, or a copy where links cannot be made. */
export async function pointLatest(parent: string, run: string, link: Link): Promise<void> {
  const latest = join(parent, 'latest')
  const next = unfinishedName(latest)
  try {
    await link(basename(run), next)
  } catch (error) {
    if (!cannotLink(error)) throw error
    await cp(run, next, { recursive: true })
  }
  try {
    await replace(next, latest)
  } catch (error) {
    await rm(next, { recursive: true, force: true })
    throw error
  }
}

// Windows without developer mode, and file systems without links.
function cannotLink(error: unknown): boolean {
  return ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')
}

async function replace(next: string, latest: string): Promise<void> {
  const folder = await lstat(latest).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  const isLink = !(await lstat(next)).isDirectory()
  if (!folder && isLink) return rename(next, latest)
  // A folder is not replaced by renaming: for a moment, `latest` is not there.
  const old = unfinishedName(latest)
  await rename(latest, old).catch(ignoreMissing)
  await rename(next, latest)
  await rm(old, { recursive: true, force: true })
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

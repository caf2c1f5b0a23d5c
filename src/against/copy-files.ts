import { cp, lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Brings files to the state they have elsewhere: copied where they exist there, removed where they do not. Links stay links. */
export async function bringFiles(from: string, to: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const source = join(from, path)
    const target = join(to, path)
    const found = await lstat(source).catch(() => undefined)
    if (found?.isDirectory()) continue
    await rm(target, { force: true, recursive: true })
    if (!found) continue
    await mkdir(dirname(target), { recursive: true })
    if (found.isSymbolicLink()) await symlink(await readlink(source), target)
    else await cp(source, target, { preserveTimestamps: true })
  }
}

const never = new Set(['node_modules', '.git'])

/** A whole folder without what is installed or git's own. */
export async function copyFolder(from: string, to: string, except: readonly string[]): Promise<void> {
  await cp(from, to, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: (source) => !never.has(source.slice(source.lastIndexOf('/') + 1)) && !except.includes(source),
  })
}

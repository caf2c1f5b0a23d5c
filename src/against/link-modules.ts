import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

const skipped = new Set(['node_modules', '.git', '.vite', '.vite-temp', '.cache'])

/**
 * Gives a tree the dependencies that are installed elsewhere. `node_modules` itself is made and its entries are links: tools that write into it
 * write into the tree, and packages of a workspace, which are links into the sources, lead into the tree too, not to the other version.
 */
export async function linkModules(from: string, to: string): Promise<void> {
  for (const folder of await packageFolders(to)) {
    const installed = join(from, folder, 'node_modules')
    if (existsSync(installed)) await linkEntries(installed, join(to, folder, 'node_modules'), { from, to })
  }
}

/** Lets a project find one package where another project finds it. */
export async function linkPackage(name: string, from: string, to: string): Promise<void> {
  const found = findPackage(name, from)
  if (found === undefined) return
  const target = join(to, 'node_modules', name)
  await rm(target, { recursive: true, force: true })
  await mkdir(dirname(target), { recursive: true })
  await symlink(await realpath(found), target, 'junction')
}

function findPackage(name: string, project: string): string | undefined {
  for (let folder = project; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(path)) return path
    if (dirname(folder) === folder) return undefined
  }
}

/** Folders of the tree that may have dependencies of their own, the top first. */
async function packageFolders(root: string): Promise<string[]> {
  const found: string[] = ['']
  const look = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (entry.name === 'package.json' && folder !== '') found.push(folder)
      if (entry.isDirectory() && !skipped.has(entry.name)) await look(join(folder, entry.name))
    }
  }
  await look('')
  return found
}

interface Roots {
  readonly from: string
  readonly to: string
}

async function linkEntries(installed: string, target: string, roots: Roots): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const name of await readdir(installed)) {
    if (skipped.has(name)) continue
    const source = join(installed, name)
    if (name.startsWith('@') && !(await lstat(source)).isSymbolicLink()) await linkEntries(source, join(target, name), roots)
    else await link(source, join(target, name), roots)
  }
}

async function link(source: string, target: string, { from, to }: Roots): Promise<void> {
  const real = await realpath(source).catch(() => undefined)
  if (real === undefined || existsSync(target)) return
  const inside = relative(from, real)
  const own = !inside.startsWith('..') && !inside.split(sep).includes('node_modules')
  await symlink(own ? withinTree(join(to, inside), target) : real, target, 'junction')
}

/** Trees change places, so a link inside of one must not name the place. A junction must, and on Windows nothing changes places. */
function withinTree(path: string, target: string): string {
  return process.platform === 'win32' ? path : relative(dirname(target), path)
}

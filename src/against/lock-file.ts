import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

const lockFiles: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
}

export interface Dependencies {
  /** Folder of the lock file, or of the package.json that stands in for one; relative to the root of the tree. */
  readonly folder: string
  readonly manager: PackageManager
  readonly locked: boolean
  /** Equal for versions that can share what is installed. */
  readonly digest: string
}

/** What decides the dependencies of a project: the nearest lock file from its folder upwards, else its package.json. */
export async function dependenciesOf(root: string, project: string): Promise<Dependencies | undefined> {
  for (let folder = join(root, project); ; folder = dirname(folder)) {
    const name = Object.keys(lockFiles).find((one) => existsSync(join(folder, one)))
    const manager = name && lockFiles[name]
    if (manager) return { folder: relative(root, folder), manager, locked: true, digest: digest(await lockText(join(folder, name))) }
    if (folder === root || dirname(folder) === folder) break
  }
  const manifest = join(root, project, 'package.json')
  if (!existsSync(manifest)) return undefined
  return { folder: project, manager: 'npm', locked: false, digest: digest(wanted(await readFile(manifest, 'utf8'))) }
}

/** The command that installs exactly what the lock file says. */
export function installCommand({ manager, locked }: Dependencies, folder: string): string {
  switch (manager) {
    case 'npm':
      return locked ? 'npm ci --no-audit --no-fund' : 'npm install --no-audit --no-fund --no-package-lock'
    case 'pnpm':
      return 'pnpm install --frozen-lockfile'
    case 'yarn':
      // Yarn 2 and later have their own settings file.
      return existsSync(join(folder, '.yarnrc.yml')) ? 'yarn install --immutable' : 'yarn install --frozen-lockfile'
    case 'bun':
      return 'bun install --frozen-lockfile'
  }
}

/** npm writes the project's own version into its lock file, which changes nothing of what is installed. */
async function lockText(path: string): Promise<string> {
  const text = await readFile(path, 'latin1')
  if (!path.endsWith('.json')) return text
  try {
    const lock = JSON.parse(text) as { version?: unknown; packages?: Record<string, { version?: unknown }> }
    const { version: _, ...rest } = lock
    const own = lock.packages?.['']
    return JSON.stringify(own ? { ...rest, packages: { ...lock.packages, '': { ...own, version: undefined } } } : rest)
  } catch {
    return text
  }
}

function wanted(manifest: string): string {
  try {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies, overrides } = JSON.parse(manifest) as Record<
      string,
      unknown
    >
    return JSON.stringify([dependencies, devDependencies, optionalDependencies, peerDependencies, overrides].map((part) => part ?? {}))
  } catch {
    return manifest
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

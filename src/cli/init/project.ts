import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PerfError } from '../../model/error.ts'
import { mainBranches } from './default-branch.ts'

export interface Project {
  readonly root: string
  /** Relative to the root; undefined where there is none. */
  readonly config?: string
  readonly typescript: boolean
  readonly manager: 'npm' | 'pnpm' | 'yarn'
  readonly locked: boolean
  /** Yarn 1, by its lock file: it has other flags than those after it. */
  readonly classicYarn: boolean
  /** Bench files that are there, relative to the root. */
  readonly benches: readonly string[]
  /** It has a script `build`, which a server under test may need. */
  readonly build: boolean
  /** Packages lie in archives: another version of the project cannot be laid beside it. */
  readonly plugAndPlay: boolean
  /** Root of the git repository. */
  readonly repository?: string
  /** Those that continue baseline and history. */
  readonly branches: readonly string[]
}

const endings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']
const configNames = ['vitest.config', 'vite.config'].flatMap((name) => endings.map((ending) => `${name}.${ending}`))
const lockFiles = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'package-lock.json': 'npm' } as const
const benchFile = /\.(bench|benchmark)\.[cm]?[jt]sx?$/

/** @throws PerfError USAGE where the folder is no project */
export function readProject(root: string): Project {
  if (!existsSync(join(root, 'package.json')))
    throw new PerfError('USAGE', `There is no package.json in ${root}: run this in the folder of your project.`)
  const config = configNames.find((name) => existsSync(join(root, name)))
  const repository = upwards(root).find((folder) => existsSync(join(folder, '.git')))
  const lock = upwards(root)
    .flatMap((folder) =>
      Object.entries(lockFiles).flatMap(([name, manager]) => {
        const file = join(folder, name)
        return existsSync(file) ? [{ file, manager }] : []
      }),
    )
    .at(0)
  return {
    root,
    ...(config !== undefined && { config }),
    ...(repository !== undefined && { repository }),
    typescript: existsSync(join(root, 'tsconfig.json')) || /\.[cm]?ts$/.test(config ?? ''),
    manager: lock?.manager ?? 'npm',
    locked: lock !== undefined,
    classicYarn: lock?.manager === 'yarn' && readFileSync(lock.file, 'utf8').slice(0, 500).includes('# yarn lockfile v1'),
    benches: benchesIn(root, ''),
    build: hasBuild(root),
    branches: mainBranches(repository),
    plugAndPlay: upwards(root).some((folder) => existsSync(join(folder, '.pnp.cjs'))),
  }
}

function hasBuild(root: string): boolean {
  try {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts?: Record<string, unknown> }
    return typeof scripts?.['build'] === 'string'
  } catch {
    return false
  }
}

function upwards(folder: string): string[] {
  return folder === dirname(folder) ? [folder] : [folder, ...upwards(dirname(folder))]
}

function benchesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name.startsWith('.') || entry.name === 'dist' ? [] : benchesIn(root, path)
    return benchFile.test(entry.name) ? [path] : []
  })
}

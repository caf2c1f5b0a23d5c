import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { must } from './shell.ts'

export const root = join(import.meta.dirname, '../..')

export type Installer = 'npm' | 'pnpm' | 'yarn'

export interface Project {
  readonly folder: string
  /** What installed it, with its version. */
  readonly by: string
  /** Runs a program of the project's packages. */
  readonly exec: (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>
}

export interface ProjectOptions {
  readonly files: Readonly<Record<string, string>>
  /** Beside vitest-perf: names with versions. */
  readonly packages?: Readonly<Record<string, string>>
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly installer?: Installer
}

/** Where cells work: a folder for each, which is made anew, and a folder of Nodes and package managers, which is kept. */
export interface Workshop {
  readonly log: string
  /** The packed package. */
  readonly tarball: string
  /** The Node of npm's package `node`. */
  nodeOf(version: string): Promise<string>
  /** A stranger's project with the packed package in it. */
  project(name: string, options: ProjectOptions): Promise<Project>
}

export interface WorkshopOptions {
  readonly cache: string
  readonly log: string
  readonly tarball: string
  /** Packages are links to those installed here, and nothing is downloaded. */
  readonly linked: boolean
}

export async function pack(cache: string, log: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  const before = await readdir(cache)
  await Promise.all(before.filter((name) => name.endsWith('.tgz')).map((name) => rm(join(cache, name))))
  await must('npm', ['pack', '--ignore-scripts', '--pack-destination', cache], { cwd: root, node: process.execPath, log })
  const packed = (await readdir(cache)).find((name) => name.endsWith('.tgz'))
  if (packed === undefined) throw new Error('npm pack made no file')
  return join(cache, packed)
}

export function workshop({ cache, log, tarball, linked }: WorkshopOptions): Workshop {
  const tool = (folder: string) => ({ cwd: folder, node: process.execPath, log })
  /** A package of npm in a folder of its own, which is kept. */
  const toolFolder = async (name: string, version: string): Promise<string> => {
    const folder = join(cache, 'tools', `${name.replace('/', '+')}-${version}`)
    if (existsSync(join(folder, 'node_modules', name))) return folder
    await mkdir(folder, { recursive: true })
    // The package `node` fetches the binary of its platform in an install script.
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
    await must('npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`], tool(folder))
    return folder
  }
  return {
    log,
    tarball,
    nodeOf: async (version) =>
      join(await toolFolder('node', version), 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    async project(name, { files, packages = {}, manifest = {}, installer = 'npm' }) {
      const folder = join(cache, 'projects', name)
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      const devDependencies = { vitest: versionHere('vitest'), ...packages, 'vitest-perf': `file:${tarball}` }
      await write(folder, {
        'package.json': JSON.stringify({ name: 'stranger', private: true, type: 'module', ...manifest, devDependencies }, null, 2),
        ...files,
      })
      if (linked) {
        await link(folder, tarball, tool(folder))
        return {
          folder,
          by: 'links',
          exec: (program, args, env = {}) => must(process.execPath, [binOf(folder, program), ...args], { ...tool(folder), env }),
        }
      }
      return installed(folder, installer)
    },
  }

  async function versionOf(installer: Installer, script: readonly string[]): Promise<string> {
    const program = script.length > 0 ? process.execPath : installer
    return `${installer} ${(await must(program, [...script, '--version'], tool(cache))).trim()}`
  }

  async function installed(folder: string, installer: Installer): Promise<Project> {
    switch (installer) {
      case 'npm':
        await must('npm', ['install', '--no-audit', '--no-fund'], tool(folder))
        const by = await versionOf('npm', [])
        return { folder, by, exec: (program, args, env = {}) => must('npx', ['--no-install', program, ...args], { ...tool(folder), env }) }
      case 'pnpm': {
        const pnpm = join(await toolFolder('pnpm', 'latest'), 'node_modules/pnpm/bin/pnpm.mjs')
        await must(process.execPath, [pnpm, 'install', '--no-frozen-lockfile'], tool(folder))
        return {
          folder,
          by: await versionOf('pnpm', [pnpm]),
          exec: (program, args, env = {}) => must(process.execPath, [pnpm, 'exec', program, ...args], { ...tool(folder), env }),
        }
      }
      case 'yarn': {
        const yarn = join(await toolFolder('@yarnpkg/cli-dist', 'latest'), 'node_modules/@yarnpkg/cli-dist/bin/yarn.js')
        const registry = (await must('npm', ['config', 'get', 'registry'], tool(folder))).trim()
        const env = { YARN_NPM_REGISTRY_SERVER: registry, YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_IMMUTABLE_INSTALLS: '0' }
        await write(folder, { 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: pnp\nenableGlobalCache: true\n' })
        await must(process.execPath, [yarn, 'install'], { ...tool(folder), env })
        return {
          folder,
          by: await versionOf('yarn', [yarn]),
          exec: (program, args, more = {}) =>
            must(process.execPath, [yarn, 'exec', program, ...args], { ...tool(folder), env: { ...env, ...more } }),
        }
      }
    }
  }
}

export async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/** The version that is installed here: what a cell names no version of is tried as we use it. */
export function versionHere(name: string): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version
}

const bins = { vitest: 'vitest/vitest.mjs', 'vitest-perf': 'vitest-perf/dist/src/cli.js', tsc: 'typescript/bin/tsc' } as const

function binOf(folder: string, program: string): string {
  return join(folder, 'node_modules', program in bins ? bins[program as keyof typeof bins] : program)
}

async function link(folder: string, tarball: string, command: { cwd: string; node: string; log: string }): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, 'vitest-perf'), { recursive: true })
  await must('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(modules, 'vitest-perf')], command)
  const here = join(root, 'node_modules')
  for (const name of await readdir(here))
    if (!name.startsWith('.') && name !== 'vitest-perf') await symlink(join(here, name), join(modules, name))
}

export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T
}

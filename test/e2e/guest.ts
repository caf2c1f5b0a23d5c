import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

export interface Guest {
  readonly folder: string
  write(files: Readonly<Record<string, string>>): Promise<void>
  /** Runs the Vitest command line in the project, as its owner would. */
  vitest(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>
  start(args: readonly string[], env?: Readonly<Record<string, string>>): StartedGroup
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at parts of it
  results(): Promise<any>
  read(path: string): Promise<string>
  remove(): Promise<void>
}

export interface Started {
  readonly pid: number
  readonly finished: Promise<Finished>
  output(): string
  kill(signal: NodeJS.Signals): void
}

export interface StartedGroup extends Started {
  /** As a terminal does on Ctrl-C: to every process of the group. */
  killGroup(signal: NodeJS.Signals): void
}

const config = `
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
export default defineConfig({ plugins: [perf(OPTIONS)] })
`

export function configWith(options: string): string {
  return config.replace('OPTIONS', () => options)
}

/**
 * A stranger's project in a folder of its own: vitest-perf lies in its node_modules as the package's files, and every other
 * package is a link to the one installed here.
 *
 * @param installed a node_modules whose packages come before those here
 */
export async function guest(files: Readonly<Record<string, string>>, installed?: string): Promise<Guest> {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-guest-'))
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, 'vitest-perf'), { recursive: true })
  await Promise.all([
    ...['dist', 'schema', 'package.json'].map((part) => cp(join(root, part), join(modules, 'vitest-perf', part), { recursive: true })),
    linkPackages(modules, installed),
  ])
  const write = async (more: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(more)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  }
  await write({ 'package.json': '{ "type": "module" }', 'vitest.config.ts': configWith(''), ...files })
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => run(folder, args, env)
  return {
    folder,
    write,
    start,
    vitest: (args, env) => start(args, env).finished,
    results: async () => JSON.parse(await readFile(join(folder, 'benchmark-results/latest/benchmark_results.json'), 'utf8')),
    read: (path) => readFile(join(folder, path), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function linkPackages(modules: string, first: string | undefined): Promise<void> {
  const folders = [join(root, 'node_modules'), ...(first === undefined ? [] : [first])]
  const packages = new Map<string, string>()
  for (const folder of folders) for (const name of await packagesIn(folder)) packages.set(name, join(folder, name))
  for (const [name, path] of packages) {
    await mkdir(dirname(join(modules, name)), { recursive: true })
    await symlink(path, join(modules, name))
  }
}

async function packagesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== 'vitest-perf')
  const inScope = async (name: string) =>
    name.startsWith('@') ? (await readdir(join(folder, name))).map((part) => `${name}/${part}`) : [name]
  return (await Promise.all(names.map(inScope))).flat()
}

function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): StartedGroup {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|CI$|NODE_OPTIONS|TERRAPHIM)/.test(name)),
  )
  const child = spawn(process.execPath, [join(cwd, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, output }))
  })
  return {
    pid: child.pid ?? 0,
    finished,
    output: () => output,
    kill: (signal) => child.kill(signal),
    killGroup: (signal) => process.kill(-(child.pid ?? 0), signal),
  }
}

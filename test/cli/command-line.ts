import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Started {
  readonly pid: number
  readonly finished: Promise<Finished>
  out(): string
}

/** The command line as it is built, in the folder of a project: with its own copy of the package where it has one. */
export function start(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|TEST$|NODE_ENV|CI$|NODE_OPTIONS|NODE_V8|TERRAPHIM|GITHUB|DISPLAY|WAYLAND)/.test(name),
    ),
  )
  const child = spawn(process.execPath, [commandIn(cwd), ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
  return { pid: child.pid ?? 0, finished, out: () => out }
}

export const command = (cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished> =>
  start(cwd, args, env).finished

function commandIn(cwd: string): string {
  const root = join(import.meta.dirname, '../..')
  return cwd === root ? join(root, 'dist/src/cli.js') : join(cwd, 'node_modules/vitest-perf/dist/src/cli.js')
}

export const ownFolder = join(import.meta.dirname, '../..')

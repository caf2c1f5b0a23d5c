import { spawn } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { delimiter, dirname } from 'node:path'

export interface Command {
  readonly cwd: string
  /** The Node that `node` means, and that scripts of packages run with. */
  readonly node: string
  readonly env?: Readonly<Record<string, string>>
  /** Everything that is printed goes there too. */
  readonly log: string
  readonly minutes?: number
}

export interface Finished {
  readonly code: number | null
  readonly output: string
}

/** Runs a program to its end. Nothing of the package manager or the test runner that started us reaches it. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, node, env = {}, log, minutes = 10 }: Command,
): Promise<Finished> {
  await appendFile(log, `\n$ ${[program, ...args].join(' ')}\n`)
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|VITEST|TEST$|NODE_ENV|NODE_OPTIONS|INIT_CWD|TERRAPHIM|GITHUB_(ACTIONS|OUTPUT|STEP_SUMMARY)|FORCE_COLOR)/.test(name),
  )
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and its like are scripts of the shell there.
    shell: process.platform === 'win32' && program !== node,
    timeout: minutes * 60_000,
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  await appendFile(log, output)
  return { code, output }
}

/** @throws Error with the end of what was printed, where it did not end with 0 */
export async function must(program: string, args: readonly string[], command: Command): Promise<string> {
  const { code, output } = await run(program, args, command)
  if (code === 0) return output
  throw new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${output.trim().split('\n').slice(-25).join('\n')}`)
}

import type { ChildProcess, StdioOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** By which a Node before 22.18 reads our source, where the tests have it themselves. */
export const sourceFlag = process.env['NODE_OPTIONS']?.includes('--experimental-strip-types')
  ? '--experimental-strip-types --disable-warning=ExperimentalWarning'
  : ''

/** The environment without what Vitest puts into it for its own children. */
export function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, VITEST: _vitest, ...rest } = process.env
  return { ...rest, ...(sourceFlag && { NODE_OPTIONS: sourceFlag }), ...more }
}

export interface Program {
  readonly pid: number
  readonly child: ChildProcess
  /** The next message of the program. */
  message(): Promise<unknown>
  /** Sends a word and gives the program's answer. */
  ask(word: string): Promise<unknown>
}

function program(child: ChildProcess): Program {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    // Its group too: programs start children.
    process.kill(-child.pid!, 'SIGKILL')
    await exited
  })
  const message = async (): Promise<unknown> => ((await once(child, 'message')) as [unknown])[0]
  return {
    pid: child.pid!,
    child,
    message,
    ask(word) {
      const answer = message()
      child.send(word)
      return answer
    },
  }
}

/** Runs program text in a Node process of its own. */
export function node(text: string, more: Record<string, string> = {}): Program {
  return program(
    spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: environment(more), detached: true }),
  )
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly stdout?: boolean
  readonly stderr?: boolean
}

export function command(file: string, args: readonly string[], options: CommandOptions = {}): Program {
  const { cwd, env = environment(), stdout, stderr } = options
  const stdio: StdioOptions = ['ignore', stdout ? 'pipe' : 'ignore', stderr ? 'pipe' : 'inherit', 'ipc']
  return program(spawn(file, args, { stdio, env, detached: true, ...(cwd === undefined ? {} : { cwd }) }))
}

/** A folder with these files, gone after the test. */
export async function folder(files: Record<string, string>, name = 'sampling test '): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), name))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text)
  return path
}

export async function until(what: () => boolean | Promise<boolean>, within = 15_000): Promise<void> {
  const end = Date.now() + within
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`did not come true within ${within} ms: ${what.toString()}`)
    await setTimeout(50)
  }
}

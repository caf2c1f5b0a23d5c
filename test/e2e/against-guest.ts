import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { configWith, guest, type Finished, type Guest, type Started } from './guest.ts'

const run = promisify(execFile)

export interface Repository extends Guest {
  /** Where its comparisons put their versions. */
  readonly temporary: string
  git(...args: string[]): Promise<string>
  /** Writes files and commits everything. */
  commit(files: Readonly<Record<string, string>>, message?: string): Promise<void>
  against(args: readonly string[], options?: AgainstOptions): Promise<Finished>
  startAgainst(args: readonly string[], options?: AgainstOptions): Started
  /** Folders of comparisons in this repository's own temporary folder. */
  left(): Promise<string[]>
  worktrees(): Promise<string[]>
}

export interface AgainstOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A stranger's project in a git repository of its own, with a temporary folder of its own. */
export async function repository(files: Readonly<Record<string, string>>, installed?: string): Promise<Repository> {
  const own = { '.gitignore': 'node_modules\nbenchmark-results\n', 'vitest.config.ts': configWith(''), ...files }
  const project = await guest(own, installed)
  const { folder } = project
  const git = async (...args: string[]) =>
    (await run('git', ['-c', 'user.name=x', '-c', 'user.email=x@y.z', ...args], { cwd: folder })).stdout
  await git('init', '-q', '-b', 'main')
  const temporary = await mkdtemp(join(tmpdir(), 'vitest-perf-tmp-'))
  const startAgainst = (args: readonly string[], { cwd = folder, env = {} }: AgainstOptions = {}) =>
    start(join(folder, 'node_modules/vitest-perf/dist/src/cli.js'), ['against', ...args], cwd, { TMPDIR: temporary, ...env })
  return {
    ...project,
    temporary,
    async remove() {
      await project.remove()
      await rm(temporary, { recursive: true, force: true })
    },
    git,
    async commit(more, message = 'a change') {
      await project.write(more)
      await git('add', '--all')
      await git('commit', '-q', '-m', message)
    },
    startAgainst,
    against: (args, options) => startAgainst(args, options).finished,
    left: async () => (await readdir(temporary)).filter((name) => name.startsWith('vitest-perf-against-')),
    worktrees: async () => (await git('worktree', 'list')).trim().split('\n').slice(1),
  }
}

function start(cli: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Started {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|CI$|NODE_OPTIONS|TERRAPHIM)/.test(name)),
  )
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, output }))
  })
  return { pid: child.pid ?? 0, finished, output: () => output, kill: (signal) => child.kill(signal) }
}

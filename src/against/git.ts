import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Git's own answer where it refused. */
export class GitError extends Error {
  override readonly name = 'GitError'
  readonly output: readonly string[]

  constructor(args: readonly string[], stderr: string, cause: unknown) {
    super(`git ${args[0] ?? ''} failed`, { cause })
    this.output = stderr.split('\n').filter(Boolean)
  }
}

/**
 * Runs git and gives what it printed. Hooks are off: a checkout of ours is nobody's checkout. Variables that tie git to another
 * repository are dropped, for inside of a git hook they are set.
 */
export async function git(cwd: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/.test(name)),
  )
  try {
    const { stdout } = await run('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args], {
      cwd,
      env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      maxBuffer: 1024 ** 3,
      ...(signal ? { signal } : {}),
    })
    return stdout
  } catch (error) {
    signal?.throwIfAborted()
    throw new GitError(args, (error as { stderr?: string }).stderr ?? (error as Error).message, error)
  }
}

/** A list that git separated by NUL. */
export async function gitList(cwd: string, args: readonly string[], signal?: AbortSignal): Promise<string[]> {
  return (await git(cwd, args, signal)).split('\0').filter(Boolean)
}

import { dirname } from 'node:path'
import { git, GitError } from './git.ts'
import { isAlive, thisProcess, type Owner } from './owner.ts'
import { isWorkspace, removeFolder } from './workspace.ts'

/** A worktree of ours is told by the reason of its lock, which also keeps `git worktree prune` of others away from it. */
const mark = 'vitest-perf against'

/** Checks a commit out into a worktree at `path`, locked with a reason that names this process. */
export async function addWorktree(root: string, path: string, commit: string, signal?: AbortSignal): Promise<void> {
  const { pid, started, host } = thisProcess()
  await git(root, ['worktree', 'add', '--quiet', '--detach', path, commit], signal)
  await git(root, ['worktree', 'lock', '--reason', `${mark} pid=${pid} started=${started} host=${host}`, path], signal)
}

/**
 * Takes worktrees of ours out of git's books. Their folders must be gone already: two of them may have changed places, and then git would
 * not believe that they are what it knows.
 */
export async function forgetWorktrees(root: string, paths: readonly string[]): Promise<void> {
  const known = await listed(root)
  for (const { path } of known.filter(({ path }) => paths.includes(path))) {
    await git(root, ['worktree', 'remove', '--force', '--force', path]).catch(ignoreGit)
  }
}

/** Removes worktrees whose run was killed. Those of users, and those of a run that lives, are not touched. */
export async function sweepWorktrees(root: string): Promise<number> {
  const stale = (await listed(root)).filter(({ owner }) => owner !== undefined && !isAlive(owner))
  for (const { path } of stale) if (isWorkspace(dirname(path))) await removeFolder(dirname(path))
  await forgetWorktrees(
    root,
    stale.map(({ path }) => path),
  )
  return stale.length
}

interface Listed {
  readonly path: string
  /** Set for worktrees of ours. */
  readonly owner?: Owner
}

async function listed(root: string): Promise<Listed[]> {
  const text = await git(root, ['worktree', 'list', '--porcelain']).catch(ignoreGit)
  return (text ?? '').split('\n\n').flatMap((block) => {
    const path = /^worktree (.+)$/m.exec(block)?.[1]
    if (path === undefined) return []
    const reason = new RegExp(`^locked ${mark} pid=(\\d+) started=(\\d*) host=(.*)$`, 'm').exec(block)
    return [reason ? { path, owner: { pid: Number(reason[1]), started: reason[2] ?? '', host: reason[3] ?? '' } } : { path }]
  })
}

/** What git cannot do here is tried again by the next run. */
function ignoreGit(error: unknown): undefined {
  if (!(error instanceof GitError)) throw error
}

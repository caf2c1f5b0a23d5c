import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PerfError } from '../model/error.ts'
import { bringFiles, copyFolder } from './copy-files.ts'
import { git, gitList, GitError } from './git.ts'
import type { Base, Checkout } from './repository.ts'
import { fillSubmodules } from './submodules.ts'
import { addWorktree } from './worktree.ts'

/** Files of one version at a place of our own. */
export interface Tree {
  readonly side: 'base' | 'head'
  readonly root: string
  /** Where the project is in it. */
  readonly project: string
  /** The folder from which its dependencies may be taken: the user's own checkout. */
  readonly source: string
}

export interface TreeOptions {
  /** Absolute paths that are no part of a version: reports of earlier runs. */
  readonly except: readonly string[]
  readonly signal: AbortSignal
}

/** @throws PerfError AGAINST_WORKSPACE */
export async function baseTree(base: Base, head: Checkout, place: string, options: TreeOptions): Promise<Tree> {
  return told(place, async () => {
    if (base.kind === 'directory') {
      await asItStands(base.checkout, place, options)
      return { side: 'base', root: place, project: base.checkout.project, source: base.checkout.root }
    }
    await addWorktree(head.root, place, base.commit, options.signal)
    await fillSubmodules(head.root, place, 'as committed', options.signal)
    return { side: 'base', root: place, project: head.project, source: head.root }
  })
}

/** The user's files as they are now: committed, changed, and new ones that git does not ignore. */
export async function headTree(head: Checkout, place: string, options: TreeOptions): Promise<Tree> {
  return told(place, async () => {
    await asItStands(head, place, options)
    return { side: 'head', root: place, project: head.project, source: head.root }
  })
}

/** `abc1234`, with a word where files differ from it. */
export async function headName({ root, repository }: Checkout): Promise<string> {
  if (!repository) return 'this folder'
  const commit = (await git(root, ['rev-parse', '--short=7', 'HEAD'])).trim()
  return (await git(root, ['status', '--porcelain', '--untracked-files=no'])).trim() === '' ? commit : `${commit} + changes`
}

async function asItStands({ root, repository }: Checkout, place: string, { except, signal }: TreeOptions): Promise<void> {
  if (!repository) return copyFolder(root, place, except)
  const commit = (await git(root, ['rev-parse', '--verify', 'HEAD'], signal)).trim()
  await addWorktree(root, place, commit, signal)
  await bringFiles(root, place, await changedFiles(root, except, signal))
  await fillSubmodules(root, place, 'as it stands', signal)
}

/** Tracked files that differ from HEAD, and new ones that are not ignored. */
export async function changedFiles(root: string, except: readonly string[], signal: AbortSignal): Promise<string[]> {
  const [changed, added] = await Promise.all([
    gitList(root, ['diff', '--name-only', '--no-renames', '--ignore-submodules=all', '-z', 'HEAD'], signal),
    gitList(root, ['ls-files', '--others', '--exclude-standard', '--exclude=node_modules', '-z'], signal),
  ])
  return [...changed, ...added].filter((path) => !except.some((one) => join(root, path).startsWith(`${one}/`)))
}

async function told<Result>(place: string, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (!(cause instanceof GitError) && code === undefined) throw cause
    const output = cause instanceof GitError ? cause.output : []
    const what = `A version could not be written to ${place}: ${(cause as Error).message}${await fullDisk(place)}`
    throw new PerfError('AGAINST_WORKSPACE', what, { cause, output })
  }
}

const little = 64 * 1024 ** 2

/** Git says only that it could not write. */
async function fullDisk(place: string): Promise<string> {
  const disk = await statfs(dirname(place)).catch(() => undefined)
  const free = disk && disk.bavail * disk.bsize
  return free !== undefined && free < little ? `; its disk is full (${(free / 1024 ** 2).toFixed(1)} MB free)` : ''
}

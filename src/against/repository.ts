import { realpath, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { PerfError } from '../model/error.ts'
import { git, GitError } from './git.ts'

/** A tree of files and the place of the project inside it. */
export interface Checkout {
  /** The top of the repository, or the project's own folder where there is none. */
  readonly root: string
  /** The project inside `root`, `''` for the same folder. */
  readonly project: string
  readonly repository: boolean
}

export type Base =
  | { readonly kind: 'commit'; readonly commit: string; readonly name: string }
  | { readonly kind: 'directory'; readonly checkout: Checkout; readonly name: string }

/** Where a project's folder belongs to. */
export async function checkoutOf(folder: string): Promise<Checkout> {
  const project = await realpath(folder)
  try {
    const root = await realpath((await git(project, ['rev-parse', '--show-toplevel'])).trimEnd())
    return { root, project: relative(root, project), repository: true }
  } catch (error) {
    if (error instanceof GitError) return { root: project, project: '', repository: false }
    throw error
  }
}

/**
 * What a reference on the command line means: a revision of this repository, else a folder.
 * @throws PerfError AGAINST_NO_REPOSITORY, AGAINST_REF_UNKNOWN
 */
export async function findBase(ref: string, head: Checkout): Promise<Base> {
  const commit = head.repository ? await commitOf(head.root, ref) : undefined
  if (commit !== undefined) {
    const short = commit.slice(0, 7)
    return { kind: 'commit', commit, name: commit.startsWith(ref) ? short : `${ref} (${short})` }
  }
  const folder = resolve(ref)
  if (await isFolder(folder)) return { kind: 'directory', checkout: await counterpart(folder, head), name: ref }
  if (head.repository) throw new PerfError('AGAINST_REF_UNKNOWN', `"${ref}" is no revision of ${head.root}, and no folder.`)
  throw new PerfError(
    'AGAINST_NO_REPOSITORY',
    `${head.root} is not in a git repository, so it has no revision "${ref}"; nor is there such a folder.`,
  )
}

async function commitOf(root: string, ref: string): Promise<string | undefined> {
  try {
    return (await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])).trim()
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** A folder stands for the whole repository where it has the project at the same place, else for the project alone. */
async function counterpart(folder: string, head: Checkout): Promise<Checkout> {
  const inside = join(folder, head.project)
  return checkoutOf(head.project !== '' && (await isFolder(inside)) ? inside : folder)
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bringFiles } from './copy-files.ts'
import { git, gitList, GitError } from './git.ts'

interface Submodule {
  readonly path: string
  readonly commit: string
}

/**
 * Fills the submodules of a tree from the user's own ones, without a network where the commit is there already: as the commit of the tree names
 * them, or as they stand with all changes.
 */
export async function fillSubmodules(from: string, to: string, which: 'as committed' | 'as it stands', signal: AbortSignal): Promise<void> {
  for (const { path, commit } of await submodulesOf(to, signal)) {
    const source = join(from, path)
    const target = join(to, path)
    // Never initialised in the user's checkout: nothing there needs it.
    if (!existsSync(join(source, '.git'))) continue
    const wanted = which === 'as committed' ? commit : (await git(source, ['rev-parse', 'HEAD'], signal)).trim()
    await git(to, ['clone', '--quiet', '--shared', '--no-checkout', source, target], signal)
    await checkOut(source, target, wanted, signal)
    if (which === 'as it stands') await bringFiles(source, target, await changedIn(source, signal))
    await fillSubmodules(source, target, which, signal)
  }
}

/** A commit that was never fetched here is asked of the submodule's own remote. */
async function checkOut(source: string, target: string, commit: string, signal: AbortSignal): Promise<void> {
  try {
    await git(target, ['checkout', '--quiet', '--detach', commit], signal)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    const remote = (await git(source, ['remote', 'get-url', 'origin'], signal)).trim()
    await git(target, ['fetch', '--quiet', remote, commit], signal)
    await git(target, ['checkout', '--quiet', '--detach', commit], signal)
  }
}

async function submodulesOf(tree: string, signal: AbortSignal): Promise<Submodule[]> {
  if (!existsSync(join(tree, '.gitmodules'))) return []
  // "160000 <commit> <stage>\t<path>"
  return (await gitList(tree, ['ls-files', '--stage', '-z'], signal)).flatMap((line) => {
    const found = /^160000 ([0-9a-f]+) \d\t([\s\S]+)$/.exec(line)
    return found?.[1] && found[2] ? [{ commit: found[1], path: found[2] }] : []
  })
}

async function changedIn(source: string, signal: AbortSignal): Promise<string[]> {
  const [changed, added] = await Promise.all([
    gitList(source, ['diff', '--name-only', '--no-renames', '--ignore-submodules=all', '-z', 'HEAD'], signal),
    gitList(source, ['ls-files', '--others', '--exclude-standard', '--exclude=node_modules', '-z'], signal),
  ])
  return [...changed, ...added]
}

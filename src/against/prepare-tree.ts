import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PerfError } from '../model/error.ts'
import { linkModules, linkPackage } from './link-modules.ts'
import { dependenciesOf, installCommand } from './lock-file.ts'
import type { Checkout } from './repository.ts'
import { runCommand } from './run-command.ts'
import type { Tree } from './tree.ts'

export interface PreparationOptions {
  readonly head: Checkout
  /** A build step of the user's, for both sides. */
  readonly setup?: string
  readonly signal: AbortSignal
  readonly onStart: (pid: number) => void
  readonly say: (text: string) => void
}

/** Both sides are measured by the tools of head. */
const tools = ['vitest', 'vitest-perf']

/**
 * Gives a tree its dependencies: links to the installed ones where the lock file is the same, else its own, installed by its own package manager.
 * Then the user's build step.
 * @throws PerfError AGAINST_SETUP_FAILED
 */
export async function prepareTree(tree: Tree, options: PreparationOptions): Promise<void> {
  const own = join(options.head.root, options.head.project)
  const project = join(tree.root, tree.project)
  const [here, there] = await Promise.all([
    dependenciesOf(tree.root, tree.project),
    dependenciesOf(options.head.root, options.head.project),
  ])
  if (hasOwnDependencies(tree, options.head)) await linkModules(tree.source, tree.root)
  else if (here?.digest === there?.digest || !here) await linkModules(options.head.root, tree.root)
  else {
    const folder = join(tree.root, here.folder)
    const command = installCommand(here, folder)
    options.say(`${tree.side}: the dependencies differ, so they are installed: ${command}`)
    await step(tree, command, folder, options)
  }
  if (tree.side === 'base') for (const name of tools) await linkPackage(name, own, project)
  if (options.setup !== undefined) {
    options.say(`${tree.side}: ${options.setup}`)
    await step(tree, options.setup, project, options)
  }
}

/** Another folder may bring its own dependencies; those of the user's checkout are those of head. */
function hasOwnDependencies({ side, source, project }: Tree, head: Checkout): boolean {
  if (side === 'head') return true
  return source !== head.root && [join(source, project), source].some((folder) => existsSync(join(folder, 'node_modules')))
}

async function step({ side }: Tree, command: string, cwd: string, { head, signal, onStart }: PreparationOptions): Promise<void> {
  const env = { VITEST_PERF_SIDE: side, VITEST_PERF_PROJECT: join(head.root, head.project) }
  const { code, signal: killedBy, output } = await runCommand(command, { cwd, env, signal, onStart })
  if (code === 0) return
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`
  throw new PerfError('AGAINST_SETUP_FAILED', `"${command}" failed in ${side} (${how}).`, { output: output.slice(-60) })
}

import { randomInt } from 'node:crypto'
import { PerfError } from '../model/error.ts'
import { benchesDiffer, benchesIn, layOver, projectOf, type BenchOverlay } from './bench-files.ts'
import { PairRunner } from './compare-pairs.ts'
import { Deadline } from './deadline.ts'
import { Janitor } from './janitor.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { Places } from './places.ts'
import { prepareTree } from './prepare-tree.ts'
import type { Progress } from './progress.ts'
import { checkoutOf, findBase, type Base, type Checkout } from './repository.ts'
import { Side } from './side.ts'
import type { BenchFile, DeclaredId, SideOptions } from './side-messages.ts'
import { baseTree, headTree, headName, type Tree } from './tree.ts'
import { createWorkspace, removeFolder, sweepWorkspaces, type Workspace } from './workspace.ts'
import { forgetWorktrees, sweepWorktrees } from './worktree.ts'

export interface AgainstOptions {
  /** A revision, or a folder. */
  readonly ref: string
  /** A build step, run in both versions. */
  readonly setup?: string
  /** Whose benchmark files both sides run. @default 'head' */
  readonly benchFrom?: 'base' | 'head'
  readonly threshold_percent: number
  readonly budgetMs?: number
  readonly pairs?: number
  /** Ids of cases, with `*`. */
  readonly only?: readonly string[]
  readonly seed?: number
}

/** The project as its own Vitest sees it. */
export interface AgainstProject {
  readonly root: string
  /** Files to run, of all that `overlay` knows. */
  readonly files: readonly BenchFile[]
  readonly overlay: BenchOverlay
  readonly side: SideOptions
  /** Absolute path of the reports, which are no part of a version. */
  readonly results: string
  readonly isWanted: (one: DeclaredId) => boolean
  readonly signal: AbortSignal
  readonly progress: Progress
}

export interface AgainstResult extends Outcome {
  readonly interrupted: boolean
  readonly errors: readonly { readonly message: string }[]
}

/** Compares the project as it stands with another version of it. Whatever ends it, nothing of it is left. */
export async function runAgainst(project: AgainstProject, options: AgainstOptions): Promise<AgainstResult> {
  const started = Date.now()
  const head = await checkoutOf(project.root)
  const base = await findBase(options.ref, head)
  const repositories = repositoriesOf(head, base)
  const workspace = await createWorkspace()
  const places = [workspace.a, workspace.b]
  const deadline = new Deadline(project.signal, started, options.budgetMs)
  const janitor = new Janitor({ folder: workspace.folder, places, repositories })
  try {
    for (const repository of repositories) await sweepWorktrees(repository)
    await sweepWorkspaces()
    return await compare({ project, options, head, base, workspace, deadline, onStart: (pid) => janitor.watch(pid) })
  } finally {
    deadline.dismiss()
    project.progress.end()
    await removeFolder(workspace.folder)
    for (const repository of repositories) await forgetWorktrees(repository, places)
    await janitor.dismiss()
  }
}

/** Those that know a place of ours as their worktree: a folder may belong to another clone. */
function repositoriesOf(head: Checkout, base: Base): string[] {
  const checkouts = [head, ...(base.kind === 'directory' ? [base.checkout] : [])]
  return [...new Set(checkouts.flatMap(({ repository, root }) => (repository ? [root] : [])))]
}

interface Comparing {
  readonly project: AgainstProject
  readonly options: AgainstOptions
  readonly head: Checkout
  readonly base: Base
  readonly workspace: Workspace
  readonly deadline: Deadline
  readonly onStart: (pid: number) => void
}

async function compare(comparing: Comparing): Promise<AgainstResult> {
  const { project, options, base, head, workspace, deadline, onStart } = comparing
  const { progress } = project
  const { signal } = deadline
  const seed = options.seed ?? randomInt(1, 2 ** 31)
  const names = { base: base.name, head: await headName(head) }
  progress.say(`${names.head} against ${names.base}, seed ${seed}`)
  const trees = await versions(comparing)
  const baseDeclares = await prepareBenches(trees, comparing)
  const places = new Places({ workspace, ...trees, side: project.side, onStart })
  const stop = (): void => void places.stop()
  signal.addEventListener('abort', stop, { once: true })
  phase(comparing, 'starting Vitest in both versions')
  deadline.during('starting Vitest in both versions and running the first pair')
  const runner = new PairRunner(places, {
    files: await filesToRun(trees, comparing),
    project: projectOf(trees.head),
    threshold_percent: options.threshold_percent,
    ...(options.pairs === undefined ? {} : { pairs: options.pairs }),
    ...(options.only ? { only: options.only } : {}),
    seed,
    ...(deadline.at === undefined ? {} : { deadline: deadline.at }),
    signal,
    progress,
  })
  try {
    await runner.run()
  } catch (error) {
    // What was measured until the stop is kept; without any of it there is nothing to tell.
    if (!signal.aborted || runner.book.records.length === 0) throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', stop)
    await places.stop()
  }
  runner.book.noteUnreached(project.isWanted)
  const outcome = outcomeOf(runner.book, {
    ...names,
    threshold_percent: options.threshold_percent,
    seed,
    swapped: places.movable,
    out_of_time: runner.outOfTime || deadline.over,
    baseDeclares,
    isWanted: project.isWanted,
  })
  return { ...outcome, interrupted: project.signal.aborted, errors: runner.book.errors() }
}

function phase({ project, deadline }: Comparing, text: string): void {
  deadline.during(text)
  project.progress.now(text)
}

async function versions(comparing: Comparing): Promise<Record<'base' | 'head', Tree>> {
  const { project, options, head, base, workspace, onStart } = comparing
  const { progress, results } = project
  const { signal } = comparing.deadline
  const treeOptions = { except: [results], signal }
  phase(comparing, 'writing both versions beside each other')
  const trees = {
    base: await baseTree(base, head, workspace.a, treeOptions),
    head: await headTree(head, workspace.b, treeOptions),
  }
  const preparation = {
    head,
    signal,
    onStart,
    say: (text: string) => progress.say(text),
    ...(options.setup === undefined ? {} : { setup: options.setup }),
  }
  phase(comparing, options.setup === undefined ? 'preparing the dependencies' : 'preparing the dependencies and running --setup')
  await Promise.all([prepareTree(trees.base, preparation), prepareTree(trees.head, preparation)])
  return trees
}

/** Lets both sides run the same benchmark files, and says what base declared before that. */
async function prepareBenches(trees: Record<'base' | 'head', Tree>, comparing: Comparing): Promise<readonly DeclaredId[]> {
  const { project, options, onStart } = comparing
  const { overlay, side, progress } = project
  const { signal } = comparing.deadline
  if (options.benchFrom === 'base') {
    await layOver(trees.base, trees.head, await benchesIn(trees.base, overlay.isBench))
    await layOver(trees.head, trees.base, overlay.configs)
    return []
  }
  if (!(await benchesDiffer(trees.base, trees.head, overlay))) return []
  phase(comparing, "reading base's own benchmarks")
  const own = Side.start('base', projectOf(trees.base), side, onStart)
  const stop = (): void => void own.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await own.opened
    const { declared, errors } = await own.collect()
    for (const { message } of errors) progress.say(`base: its own benchmarks could not all be read: ${message.split('\n', 1)[0] ?? ''}`)
    return declared
  } catch (error) {
    if (signal.aborted || !(error instanceof PerfError)) throw signal.aborted ? signal.reason : error
    progress.say(
      `base: its own benchmarks could not be read, so cases that are gone are not known: ${error.message.split('\n', 1)[0] ?? ''}`,
    )
    return []
  } finally {
    signal.removeEventListener('abort', stop)
    await own.stop()
    await layOver(trees.head, trees.base, overlay.files)
  }
}

async function filesToRun(trees: Record<'base' | 'head', Tree>, { project, options }: Comparing): Promise<readonly BenchFile[]> {
  if (options.benchFrom !== 'base') return project.files
  const inBase = new Set(await benchesIn(trees.base, project.overlay.isBench))
  return project.files.filter(({ file }) => inBase.has(file))
}

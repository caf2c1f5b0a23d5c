import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { addPlugin, type Parse } from './edit-config.ts'
import { namesOf } from './names.ts'
import type { Project } from './project.ts'
import { benchmarkConfig, exampleBench, vitestConfig } from './templates.ts'
import { commentWorkflow } from './comment-workflow.ts'
import { workflow } from './workflow.ts'

/** One thing that was to be set up: what became of it. */
export interface Step {
  readonly done: 'wrote' | 'edited' | 'left'
  readonly path: string
  /** Why it was left, or what is to be done by hand. */
  readonly note?: string
}

export interface InitOptions {
  readonly workflow: boolean
  /** Only say what would be done. */
  readonly dryRun: boolean
}

/** What to add by hand where a config is too unusual to be edited. */
const byHand = `add to its plugins by hand:

    import { perf } from 'vitest-perf/plugin'
    …
    plugins: [perf()],
`

/** Sets a project up. A file that is there is never written over; a config gets one import and one entry. */
export async function setUp(project: Project, parse: Parse, options: InitOptions): Promise<Step[]> {
  const { root, repository, benches, typescript } = project
  const write = (path: string, text: string): Promise<Step> => writeNew(root, path, text, options)
  const steps = [await configure(project, parse, options)]
  if (benches.length > 0)
    steps.push({
      done: 'left',
      path: benches[0] ?? '',
      note: benches.length === 1 ? 'a benchmark is there' : `${benches.length} benchmarks are there`,
    })
  else steps.push(await write(`bench/example.bench.${typescript ? 'ts' : 'js'}`, exampleBench))
  steps.push(await write('benchmark-config.json', benchmarkConfig(project)))
  if (options.workflow) {
    const { measuringFile, commentingFile } = namesOf(project)
    const workflows = { [measuringFile]: workflow, [commentingFile]: commentWorkflow }
    for (const [path, make] of Object.entries(workflows)) {
      const none = { done: 'left', path, note: 'this is no git repository' } as const
      steps.push(repository === undefined ? none : await write(relative(root, join(repository, path)), make(project)))
    }
  }
  return steps
}

async function configure(project: Project, parse: Parse, options: InitOptions): Promise<Step> {
  const { root, config } = project
  if (config === undefined) return writeNew(root, `vitest.config.${project.typescript ? 'ts' : 'mjs'}`, vitestConfig, options)
  const edit = addPlugin(await readFile(join(root, config), 'utf8'), parse)
  switch (edit.state) {
    case 'edited':
      if (!options.dryRun) await writeFile(join(root, config), edit.source)
      return { done: 'edited', path: config, note: 'perf() is among its plugins' }
    case 'present':
      return { done: 'left', path: config, note: 'the plugin is there' }
    case 'unusual':
      return { done: 'left', path: config, note: `${edit.reason}; ${byHand}` }
  }
}

async function writeNew(root: string, path: string, text: string, { dryRun }: InitOptions): Promise<Step> {
  const file = join(root, path)
  if (existsSync(file)) return { done: 'left', path, note: 'it is there' }
  if (!dryRun) {
    await mkdir(dirname(file), { recursive: true })
    // Not over a file that somebody made in this moment.
    await writeFile(file, text, { flag: 'wx' })
  }
  return { done: 'wrote', path }
}

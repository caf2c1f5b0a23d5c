import { Command } from 'commander'

interface Flags {
  readonly workflow: boolean
  readonly dryRun?: boolean
}

const wouldBe = { wrote: 'would write', edited: 'would edit', left: 'leaves' } as const

/** `vitest-perf init`: the plugin, an example, a budget and a workflow in a project that has Vitest. */
export const init: Command = new Command('init')
  .description('set a project up: the plugin, an example, a gate, a workflow; what is there stays')
  .option('--no-workflow', 'no workflow for GitHub')
  .option('--dry-run', 'only say what would be done')
  .action(async ({ workflow, dryRun = false }: Flags) => {
    const [{ readProject }, { setUp }, { loadVitest }] = await Promise.all([
      import('./init/project.ts'),
      import('./init/apply.ts'),
      import('../programmatic/load-vitest.ts'),
    ])
    const project = readProject(process.cwd())
    const { parseAst } = await loadVitest(project.root)
    const steps = await setUp(project, (source) => parseAst(source, { lang: 'ts' }), { workflow, dryRun })
    const lines = steps.map(
      ({ done, path, note }) => `${(dryRun ? wouldBe[done] : done).padEnd(dryRun ? 11 : 6)}  ${path}${note ? `: ${note}` : ''}`,
    )
    const byHand = steps.some(({ note }) => note?.includes('by hand'))
    const next = byHand ? 'Then:' : 'Next:'
    process.stdout.write(`${[...lines, '', `${next}  npx vitest-perf run`].join('\n')}\n`)
  })

import { join } from 'node:path'
import { Command } from 'commander'

interface AcceptFlags {
  readonly reason: string
  readonly run?: string
  readonly results?: string
  readonly baseline?: string
  readonly force?: boolean
}

const accept: Command = new Command('accept')
  .description('take the newest run as the new level of cases that changed')
  .argument('[cases]', 'ids, "*" for any characters; names those to drop, too (all that regressed)')
  .requiredOption('-m, --reason <text>', 'why the change is meant: kept in the baseline')
  .option('-o, --results <folder>', 'folder of the reports (benchmark-results)')
  .option('-b, --baseline <file>', 'the baseline (<results>/baseline.json)')
  .option('--run <file>', 'the run to accept (<results>/latest)')
  .option('--force', 'take named cases, also where their run does not agree with itself')
  .action(async (pattern: string | undefined, { reason, run, results, baseline, force = false }: AcceptFlags) => {
    const [{ acceptRun }, paths] = await Promise.all([import('./accept-run.ts'), asked({ results, baseline })])
    const lines = await acceptRun({ pattern, reason, run: run ?? join(paths.results, 'latest'), baseline: paths.baseline, force })
    process.stdout.write(`${lines.join('\n')}\n`)
  })

const show: Command = new Command('show')
  .description('say what the baseline holds')
  .option('-o, --results <folder>', 'folder of the reports (benchmark-results)')
  .option('-b, --baseline <file>', 'the baseline (<results>/baseline.json)')
  .action(async (flags: Pick<AcceptFlags, 'results' | 'baseline'>) => {
    const [{ baselineText }, paths] = await Promise.all([import('./baseline-text.ts'), asked(flags)])
    process.stdout.write(await baselineText(paths.baseline))
  })

async function asked({ results, baseline }: { readonly results?: string | undefined; readonly baseline?: string | undefined }) {
  const { projectPaths } = await import('./project-paths.ts')
  return projectPaths({ ...(results !== undefined && { results }), ...(baseline !== undefined && { baseline }) })
}

/** `vitest-perf baseline`: the stored level that runs are compared with. */
export const baseline: Command = new Command('baseline')
  .description('accept a changed level, or show the stored one')
  .addCommand(accept)
  .addCommand(show)

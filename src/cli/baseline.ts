import { Command } from 'commander'

interface AcceptFlags {
  readonly reason: string
  readonly run?: string
  readonly results: string
  readonly baseline?: string
  readonly force?: boolean
}

const accept: Command = new Command('accept')
  .description('take the newest run as the new level of cases that changed')
  .argument('[cases]', 'ids, "*" for any characters; names those to drop, too (all that regressed)')
  .requiredOption('-m, --reason <text>', 'why the change is meant: kept in the baseline')
  .option('-o, --results <folder>', 'folder of the reports', 'benchmark-results')
  .option('-b, --baseline <file>', 'the baseline (<results>/baseline.json)')
  .option('--run <file>', 'the run to accept (<results>/latest)')
  .option('--force', 'take named cases, also where their run does not agree with itself')
  .action(async (pattern: string | undefined, { reason, run, results, baseline, force = false }: AcceptFlags) => {
    const { acceptRun } = await import('./accept-run.ts')
    const lines = await acceptRun({
      pattern,
      reason,
      run: run ?? `${results}/latest`,
      baseline: baseline ?? `${results}/baseline.json`,
      force,
    })
    process.stdout.write(`${lines.join('\n')}\n`)
  })

const show: Command = new Command('show')
  .description('say what the baseline holds')
  .option('-o, --results <folder>', 'folder of the reports', 'benchmark-results')
  .option('-b, --baseline <file>', 'the baseline (<results>/baseline.json)')
  .action(async ({ results, baseline }: { readonly results: string; readonly baseline?: string }) => {
    const { baselineText } = await import('./baseline-text.ts')
    process.stdout.write(await baselineText(baseline ?? `${results}/baseline.json`))
  })

/** `vitest-perf baseline`: the stored level that runs are compared with. */
export const baseline: Command = new Command('baseline')
  .description('accept a changed level, or show the stored one')
  .addCommand(accept)
  .addCommand(show)

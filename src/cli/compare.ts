import { Command, InvalidArgumentError, Option } from 'commander'
import { exitCodeOf } from './exit-codes.ts'

interface Flags {
  readonly format: 'console' | 'json' | 'markdown'
  readonly threshold?: number
  readonly sameMachine?: boolean
}

/** `vitest-perf compare`: two stored runs, or a run and a baseline. */
export const compare: Command = new Command('compare')
  .description('compare a stored run with another, or with a baseline')
  .argument('<current>', 'benchmark_results.json, or its folder')
  .argument('<baseline>', 'baseline.json or benchmark_results.json, or its folder')
  .addOption(new Option('-f, --format <name>', 'how to say it').choices(['console', 'json', 'markdown']).default('console'))
  .option('-t, --threshold <percent>', 'change that counts as a regression', percent)
  .option('--same-machine', 'believe so where a report does not name its machine')
  .action(async (current: string, baseline: string, { format, threshold, sameMachine = false }: Flags) => {
    const { compareStored, comparisonText } = await import('./compare-stored.ts')
    const run = await compareStored(current, baseline, { threshold, sameMachine })
    process.stdout.write(await comparisonText(run, format))
    process.exitCode = exitCodeOf(run.verdict.exit_reason)
  })

function percent(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new InvalidArgumentError('It must be a number of percent, 0 or more.')
}

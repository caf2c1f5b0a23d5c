import { Command } from 'commander'
import { exitCodes, exitCodeOf } from './exit-codes.ts'

interface Flags {
  readonly sloConfig?: string
  readonly strict?: boolean
}

/** `vitest-perf validate`: a stored run against gates and objectives, its own or those of a file. */
export const validate: Command = new Command('validate')
  .description('judge a stored run by gates and service level objectives')
  .argument('<input>', 'benchmark_results.json, or its folder')
  .option('--slo-config <file>', 'a benchmark config (that of the run)')
  .option('--strict', 'every missed objective and every undecided gate fails')
  .action(async (input: string, { sloConfig, strict = false }: Flags) => {
    const { validateStored, validationText } = await import('./validate-stored.ts')
    const run = await validateStored(input, { sloConfig, strict })
    process.stdout.write(validationText(run))
    process.exitCode = run.verdict.passed ? exitCodes.ok : exitCodeOf(run.verdict.exit_reason)
  })

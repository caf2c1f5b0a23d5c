import { Command } from 'commander'
import { runBenchmarks } from './run-benchmarks.ts'
import { list } from './values.ts'

interface Flags {
  readonly config: string
  readonly baseline?: string
  readonly reports?: string
  readonly updateBaseline?: boolean
  readonly export?: readonly string[]
}

/** `vitest-perf ci`: a run that must have a config, and writes a baseline only where that is said. */
export const ci: Command = new Command('ci')
  .description('run the benchmarks as a stage of a build')
  .argument('[files...]', 'parts of the paths of bench files (all of them)')
  .requiredOption('-c, --config <file>', 'gates and objectives')
  .option('-b, --baseline <file>', 'what to compare with (<reports>/baseline.json)')
  .option('-r, --reports <folder>', 'folder of the reports (benchmark-results)')
  .option('--update-baseline', 'add a run that passed to the baseline')
  .option('--export <formats>', 'further reports: junit, csv, …', list)
  .action(async (files: string[], { reports, export: exporters, ...rest }: Flags) => {
    process.exitCode = await runBenchmarks({ files, ...(reports && { results: reports }), ...(exporters && { exporters }), ...rest }, false)
  })

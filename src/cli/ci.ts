import { Command } from 'commander'
import { PerfError } from '../model/error.ts'
import { runBenchmarks } from './run-benchmarks.ts'
import { duration, list } from './values.ts'

interface Flags {
  readonly config: string
  readonly baseline?: string
  readonly reports?: string
  readonly updateBaseline?: boolean
  readonly export?: readonly string[]
  readonly against?: string
  readonly budget?: number
  readonly setup?: string
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
  .option('--against <ref>', 'compare with another version in pairs of processes, not with the baseline')
  .option('--budget <time>', 'longest time of that comparison, such as 5m', duration)
  .option('--setup <command>', 'a build step that both versions need, such as "npm run build"')
  .action(async (files: string[], { reports, export: exporters, against: ref, budget, setup, ...rest }: Flags) => {
    if (ref === undefined && (budget ?? setup) !== undefined) throw new PerfError('USAGE', '--budget and --setup belong to --against.')
    const against = ref === undefined ? {} : { against: { ref, ...(budget && { budget }), ...(setup && { setup }) } }
    const named = { ...(reports && { results: reports }), ...(exporters && { exporters }) }
    process.exitCode = await runBenchmarks({ files, ...named, ...against, ...rest }, false)
  })

import { Command } from 'commander'
import { PerfError } from '../model/error.ts'
import { runBenchmarks } from './run-benchmarks.ts'
import { addSelection, selected, type SelectionFlags } from './selection.ts'
import { duration, list, wholeNumber } from './values.ts'

interface Flags extends SelectionFlags {
  readonly config: string
  readonly baseline?: string
  readonly reports?: string
  readonly updateBaseline?: boolean
  readonly iterations?: number
  readonly export?: readonly string[]
  readonly against?: string
  readonly budget?: number
  readonly setup?: string
}

/** `vitest-perf ci`: a run that must have a config, and writes a baseline only where that is said. */
export const ci: Command = addSelection(
  new Command('ci')
    .description('run the benchmarks as a stage of a build')
    .argument('[files...]', 'parts of the paths of bench files (all of them)')
    .requiredOption('-c, --config <file>', 'gates and objectives')
    .option('-b, --baseline <file>', 'what to compare with (<reports>/baseline.json)')
    .option('-r, --reports <folder>', 'folder of the reports (benchmark-results)')
    .option('-i, --iterations <count>', 'smallest number of calls of a function case', wholeNumber),
)
  .option('--update-baseline', 'add a run that passed to the baseline')
  .option('--export <formats>', 'further reports: junit, csv, …', list)
  .option('--against <ref>', 'compare with another version in pairs of processes, not with the baseline')
  .option('--budget <time>', 'longest time of that comparison, such as 5m', duration)
  .option('--setup <command>', 'a build step that both versions need, such as "npm run build"')
  .action(async (files: string[], flags: Flags) => {
    const { config, baseline, reports, updateBaseline, iterations, export: exporters, against: ref, budget, setup, ...selection } = flags
    if (ref === undefined && (budget ?? setup) !== undefined) throw new PerfError('USAGE', '--budget and --setup belong to --against.')
    const against = ref === undefined ? {} : { against: { ref, ...(budget && { budget }), ...(setup && { setup }) } }
    const named = { config, ...(baseline && { baseline }), ...(reports && { results: reports }), ...(exporters && { exporters }) }
    const how = { ...(updateBaseline && { updateBaseline }), ...(iterations && { iterations }), ...against }
    process.exitCode = await runBenchmarks({ files, ...named, ...how, ...selected(selection) }, false)
  })

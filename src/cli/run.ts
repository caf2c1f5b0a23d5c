import { Command } from 'commander'
import { runBenchmarks } from './run-benchmarks.ts'
import { addSelection, selected, type SelectionFlags } from './selection.ts'
import { list, wholeNumber } from './values.ts'

interface Flags extends SelectionFlags {
  readonly output?: string
  readonly baseline?: string
  readonly config?: string
  readonly iterations?: number
  readonly export?: readonly string[]
  readonly verbose?: boolean
}

/** `vitest-perf run`: what `vitest bench --run` does, with the mission's flags and an exit code for each reason. */
export const run: Command = addSelection(
  new Command('run')
    .description('run the benchmarks, judge them, write the reports')
    .argument('[files...]', 'parts of the paths of bench files (all of them)')
    .option('-o, --output <folder>', 'folder of the reports (benchmark-results)')
    .option('-b, --baseline <file>', 'what to compare with (<output>/baseline.json)')
    .option('-c, --config <file>', 'gates and objectives (benchmark-config.json)')
    .option('-i, --iterations <count>', 'smallest number of calls of a function case', wholeNumber),
)
  .option('--export <formats>', 'further reports: junit, csv, …', list)
  .option('-v, --verbose', 'a line for each case')
  .action(async (files: string[], { output, baseline, config, iterations, verbose = false, export: exporters, ...selection }: Flags) => {
    const named = { ...(output && { results: output }), ...(baseline && { baseline }), ...(config && { config }) }
    const how = { ...(iterations && { iterations }), ...(exporters && { exporters }) }
    process.exitCode = await runBenchmarks({ files, ...named, ...how, ...selected(selection) }, verbose)
  })

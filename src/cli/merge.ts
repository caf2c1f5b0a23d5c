import { Command } from 'commander'
import { exitCodeOf } from './exit-codes.ts'
import { list } from './values.ts'

interface Flags {
  readonly output?: string
  readonly config?: string
  readonly baseline?: string
  readonly history?: string
  readonly updateBaseline?: boolean
  readonly export?: readonly string[]
}

/** `vitest-perf merge`: the shards of one run, judged as the whole that they are parts of. */
export const merge: Command = new Command('merge')
  .description('put the shards of one run together and judge the whole')
  .argument('<parts...>', 'benchmark_results.json of each shard, or folders with them')
  .option('-o, --output <folder>', 'folder of the reports (benchmark-results)')
  .option('-c, --config <file>', 'gates and objectives (those of the shards)')
  .option('-b, --baseline <file>', 'what to compare with (<output>/baseline.json)')
  .option('--history <place>', 'a file or postgres://… (<output>/history.ndjson)')
  .option('--update-baseline', 'add a run that passed to the baseline')
  .option('--export <formats>', 'further reports: junit, csv, …', list)
  .action(async (parts: string[], { output, export: exporters, ...rest }: Flags) => {
    const { mergeStored } = await import('./merge-stored.ts')
    const overrides = { ...rest, ...(output && { results: output }), ...(exporters && { exporters }) }
    const { run, text, warnings, problems } = await mergeStored({ parts, overrides })
    process.stdout.write(text)
    for (const line of [...problems, ...warnings]) process.stderr.write(`${line}\n`)
    process.exitCode = problems.length > 0 && run.verdict.passed ? exitCodeOf('infrastructure') : exitCodeOf(run.verdict.exit_reason)
  })

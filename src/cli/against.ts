import { Command, InvalidArgumentError } from 'commander'
import type { AgainstFlags } from '../against/command.ts'
import { duration, list, wholeNumber } from './values.ts'
import { exitCodeOf } from './exit-codes.ts'

/** `vitest-perf against <ref>`: the project as it stands against another version of it, with known error rates. */
export const against: Command = new Command('against')
  .description('compare the project with another version of it, in pairs of fresh processes')
  .argument('<ref>', 'a branch, tag, commit, or a folder; HEAD compares uncommitted changes, or nothing with itself')
  .argument('[files...]', 'parts of the paths of bench files (all of them)')
  .option('-t, --testNamePattern <pattern>', 'cases whose full name matches')
  .option('--only <ids>', 'ids of cases, "*" for any characters', list)
  .option('--threshold <percent>', 'change that counts (regression_threshold_percent of the config, 5)', percent)
  .option('--budget <time>', 'longest time for all of it, such as 5m', duration)
  .option('--pairs <count>', 'most pairs of processes of one case (48)', wholeNumber)
  .option('--seed <number>', 'repeats the order of the processes', wholeNumber)
  .option('--setup <command>', 'a build step that both versions need, such as "npm run build"')
  .option('--bench-from <side>', 'whose benchmark files both sides run: head or base', side, 'head')
  .option('--json <file>', 'write the results there too')
  .option('-o, --output <folder>', 'folder of the reports (benchmark-results)')
  .option('--config <file>', 'config of Vitest')
  .option('--root <folder>', 'root of the project')
  .option('--project <name>', 'Vitest project', list)
  .action(async (ref: string, files: string[], flags: AgainstFlags) => {
    // Loaded late: help answers at once.
    const { runCommandLine } = await import('../against/command.ts')
    process.exitCode = exitCodeOf(await runCommandLine(ref, files, flags))
  })

function percent(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= 1000) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}

function side(text: string): 'base' | 'head' {
  if (text === 'base' || text === 'head') return text
  throw new InvalidArgumentError('It must be head or base.')
}

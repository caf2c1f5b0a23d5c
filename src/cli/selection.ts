import { type Command, InvalidArgumentError } from 'commander'
import { PerfError } from '../model/error.ts'
import type { BenchmarkerOptions } from '../programmatic/options.ts'
import { list } from './values.ts'

/** Which of the benchmarks a run has, beside parts of paths. */
export interface SelectionFlags {
  readonly only?: readonly string[]
  readonly testNamePattern?: string
  readonly project?: readonly string[]
  readonly shard?: string
}

export function addSelection(command: Command): Command {
  return command
    .option('--only <cases>', 'ids or names of cases, "*" for any characters', list)
    .option('-t, --testNamePattern <pattern>', 'cases whose full name matches', pattern)
    .option('--project <name>', 'Vitest project', list)
    .option('--shard <index/count>', 'a part of the files, such as 1/3; merge puts the parts together', part)
}

/** @throws PerfError USAGE for two selections of the same names */
export function selected({ only, testNamePattern, project, shard }: SelectionFlags): Pick<BenchmarkerOptions, 'only' | 'vitest'> {
  if (only && testNamePattern !== undefined)
    throw new PerfError('USAGE', '--only and --testNamePattern select by the same names: give one of them.')
  return {
    ...(only && { only }),
    vitest: {
      ...(testNamePattern !== undefined && { testNamePattern }),
      ...(project && { project: [...project] }),
      ...(shard !== undefined && { shard }),
    },
  }
}

function part(text: string): string {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (Number(index) >= 1 && Number(index) <= Number(count)) return text
  throw new InvalidArgumentError('It must be a number and how many there are, such as 1/3.')
}

function pattern(text: string): string {
  try {
    return new RegExp(text).source
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`)
  }
}

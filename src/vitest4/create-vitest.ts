import type { Plugin } from 'vitest/config'
import type { CliOptions, Vitest } from 'vitest/node'
import { benchmarkReporters } from './benchmark-reporters.ts'
import { hasBenchmarkMode } from './version.ts'

type VitestNode = typeof import('vitest/node')
type CreateVitest = (options: CliOptions, vite?: { readonly plugins?: readonly unknown[] }, own?: object) => Promise<Vitest>

/** `vitest/node` of any version that we run on: its `createVitest` takes what that of Vitest 5 takes, and runs benchmarks. */
export function forBenchmarks(vitest: VitestNode): VitestNode {
  if (!hasBenchmarkMode(vitest)) return vitest
  const inMode = vitest.createVitest as (mode: string, ...rest: Parameters<CreateVitest>) => Promise<Vitest>
  const createVitest: CreateVitest = (options, vite = {}, own = {}) =>
    inMode('benchmark', withReporters(options), { ...vite, plugins: [oneList, ...(vite.plugins ?? [])] }, own)
  return { ...vitest, createVitest: createVitest as VitestNode['createVitest'] }
}

/** Before any other plugin adds a reporter. */
const oneList: Plugin = {
  name: 'vitest-perf:vitest-4',
  enforce: 'pre',
  configureVitest({ vitest }) {
    benchmarkReporters(vitest)
  },
}

/** `reporters` of Vitest 5 are `benchmark.reporters` here, where no reporter at all would be the default one. */
function withReporters(options: CliOptions): CliOptions {
  if (options.reporters === undefined) return options
  const wanted = [options.reporters].flat().map((reporter) => (Array.isArray(reporter) ? reporter[0] : reporter))
  const reporters = wanted.length > 0 ? wanted : [{}]
  return { ...options, benchmark: { ...options.benchmark, reporters } } as CliOptions
}

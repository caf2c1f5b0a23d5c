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
    inMode('benchmark', options, { ...vite, plugins: [reportersOf(options), ...(vite.plugins ?? [])] }, own)
  return { ...vitest, createVitest: createVitest as VitestNode['createVitest'] }
}

/** Takes `reporters`, before any other plugin adds to them. */
function reportersOf({ reporters }: CliOptions): Plugin {
  const wanted = reporters && [reporters].flat().map((reporter) => (Array.isArray(reporter) ? reporter[0] : reporter))
  let done = false
  return {
    name: 'vitest-perf:vitest-4',
    enforce: 'pre',
    // Called once a project.
    configureVitest({ vitest }) {
      if (!done) benchmarkReporters(vitest, wanted as Vitest['config']['reporters'] | undefined)
      done = true
    },
  }
}

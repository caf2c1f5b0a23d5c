import type { BenchmarkProvider } from 'vitest'
import { runNative } from './worker/run-native.ts'
import { finishedResult } from './worker/vitest-table.ts'

/**
 * What Vitest calls for each `bench(…).run()` and `bench.compare(…)`. Cases of our own `bench` arrive here finished; native
 * benchmarks are measured by our engine.
 */
const provider: BenchmarkProvider = {
  async run(group) {
    const results = group.registrations.map(({ fn }) => finishedResult(fn))
    const done = results.filter((result) => result !== undefined)
    return done.length === results.length ? done : runNative(group)
  },
}

export default provider

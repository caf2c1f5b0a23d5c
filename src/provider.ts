import type { BenchmarkProvider } from 'vitest'
import { announceCase } from './record/send.ts'
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
    if (done.length === results.length) return done
    await announceCase(group.test, group.test.timeout)
    return runNative(group)
  },
}

export default provider

import type { Vitest } from 'vitest/node'
import { Unranked } from './unranked.ts'

type Reporters = Vitest['config']['reporters']

/**
 * In benchmark mode Vitest 4 makes its reporters from `benchmark.reporters` and does not look at `reporters`: here the two become one list, so that
 * who adds to the one adds to the other. Must be called before Vitest makes them, in `configureVitest`; may be called again.
 */
export function benchmarkReporters({ config }: Vitest): void {
  const benchmark = config.benchmark as { reporters?: Reporters }
  const reporters = Array.isArray(benchmark.reporters) ? benchmark.reporters : ([benchmark.reporters ?? []].flat() as Reporters)
  if (!reporters.some((one) => one instanceof Unranked)) reporters.push(new Unranked())
  benchmark.reporters = reporters
  config.reporters = reporters
}

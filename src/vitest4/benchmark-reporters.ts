import type { Vitest } from 'vitest/node'
import { Unranked } from './unranked.ts'

type Reporters = Vitest['config']['reporters']

/**
 * In benchmark mode Vitest 4 makes its reporters from `benchmark.reporters` and does not look at `reporters`: here the two become one list, so that
 * who adds to the one adds to the other. Must be called before Vitest makes them, in `configureVitest`.
 *
 * @param wanted in place of those of the config
 */
export function benchmarkReporters(vitest: Vitest, wanted?: Reporters): void {
  const benchmark = vitest.config.benchmark as { reporters?: Reporters }
  const reporters = wanted ?? [benchmark.reporters ?? []].flat()
  if (!reporters.some((one) => one instanceof Unranked)) reporters.push(new Unranked())
  benchmark.reporters = reporters
  vitest.config.reporters = reporters
}

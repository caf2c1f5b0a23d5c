import { bench, describePerf, notApplicable } from 'vitest-perf'
import { loadAgainstWrk } from './load.ts'
import { pacing } from './load-pacing.ts'

describePerf('load', { timeout: '5m' }, () => {
  let against: ReturnType<typeof loadAgainstWrk> | undefined
  const known = <T>(value: T | string): T => (typeof value === 'string' ? notApplicable(value.replace('not applicable: ', '')) : value)
  const ratio = async () => known((await (against ??= loadAgainstWrk('api'))).ratio)
  const beyond = async () => known((await (against ??= loadAgainstWrk('api'))).beyond)
  bench.track('load against wrk', async () => (await ratio()).autocannon, { unit: 'ratio', better: 'higher' })
  bench.track('direct load against wrk', async () => (await ratio()).direct, { unit: 'ratio', better: 'higher' })
  for (const percentile of ['p50', 'p90', 'p99'] as const) {
    bench.track(`load ${percentile} beyond wrk`, async () => (await beyond()).autocannon[percentile], { unit: 'us' })
    bench.track(`direct load ${percentile} beyond wrk`, async () => (await beyond()).direct[percentile], { unit: 'us' })
  }

  let paced: ReturnType<typeof pacing> | undefined
  const pace = () => (paced ??= pacing())
  bench.track('pacing error', async () => (await pace()).median_us, { unit: 'us' })
  bench.track('pacing rate', async () => (await pace()).achieved_rate / (await pace()).wanted_rate, { unit: 'ratio', better: 'higher' })
})

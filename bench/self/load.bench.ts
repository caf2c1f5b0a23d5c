import { bench, describePerf, notApplicable } from 'vitest-perf'
import { loadAgainstWrk } from './load.ts'
import { pacing } from './load-pacing.ts'

describePerf('load', { timeout: '5m' }, () => {
  let against: ReturnType<typeof loadAgainstWrk> | undefined
  const ratio = async () => {
    const { ratio } = await (against ??= loadAgainstWrk('api'))
    return typeof ratio === 'string' ? notApplicable(ratio.replace('not applicable: ', '')) : ratio
  }
  bench.track('load against wrk', async () => (await ratio()).autocannon, { unit: 'ratio', better: 'higher' })
  bench.track('direct load against wrk', async () => (await ratio()).direct, { unit: 'ratio', better: 'higher' })

  let paced: ReturnType<typeof pacing> | undefined
  const pace = () => (paced ??= pacing())
  bench.track('pacing error', async () => (await pace()).median_us, { unit: 'us' })
  bench.track('pacing rate', async () => (await pace()).achieved_rate / (await pace()).wanted_rate, { unit: 'ratio', better: 'higher' })
})

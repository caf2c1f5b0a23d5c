import { bench, describePerf, notApplicable } from 'vitest-perf'
import { loadAgainstOthers } from './load.ts'
import { pacing } from './load-pacing.ts'

describePerf('load', { timeout: '5m' }, () => {
  bench.track(
    'load against wrk',
    async () => {
      const { wrk } = await loadAgainstOthers('api')
      return typeof wrk === 'string' ? notApplicable(wrk.replace('not applicable: ', '')) : wrk.ratio
    },
    { unit: 'ratio', better: 'higher' },
  )

  let paced: ReturnType<typeof pacing> | undefined
  const pace = () => (paced ??= pacing())
  bench.track('pacing error', async () => (await pace()).median_us, { unit: 'us' })
  bench.track('pacing rate', async () => (await pace()).achieved_rate / (await pace()).wanted_rate, { unit: 'ratio', better: 'higher' })
})

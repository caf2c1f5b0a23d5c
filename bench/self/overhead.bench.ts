import { bench, describePerf } from 'vitest-perf'
import { pluginOverhead } from './overhead.ts'

describePerf('overhead', { timeout: '5m' }, () => {
  bench.track('plugin overhead', () => pluginOverhead(), { unit: 'ms' })
})

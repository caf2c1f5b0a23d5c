import { bench, describePerf } from 'vitest-perf'
import { defaultCaseWallClock } from './wall-clock.ts'

describePerf('wall clock', { timeout: '5m' }, () => {
  bench.track('default case wall clock', () => defaultCaseWallClock(), { unit: 'ratio' })
})

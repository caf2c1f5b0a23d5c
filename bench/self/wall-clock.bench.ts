import { bench, describePerf } from 'vitest-perf'
import { defaultCaseWallClock } from './wall-clock.ts'

describePerf('wall clock', { timeout: '1m' }, () => {
  bench.track('default case wall clock', () => defaultCaseWallClock(), { unit: 'ratio' })
})

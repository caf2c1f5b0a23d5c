import { bench, describePerf } from 'vitest-perf'
import { agentCost, influence, ownCost } from './sampling.ts'

describePerf('sampling', { timeout: '5m' }, () => {
  bench.track('sampling own cpu', () => ownCost(), { unit: '%' })
  bench.track('sampling influence', async () => (await influence()).percent, { unit: '%' })
  bench.track('sampling agent', async () => (await agentCost()).percent, { unit: '%' })
})

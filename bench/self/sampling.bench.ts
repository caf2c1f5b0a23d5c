import { bench, describePerf } from 'vitest-perf'
import { agentAgainstNone, agentCpu, influence, ownCost } from './sampling.ts'

describePerf('sampling', { timeout: '5m' }, () => {
  bench.track('sampling own cpu', () => ownCost(), { unit: '%' })
  bench.track('sampling agent cpu', async () => (await agentCpu()).percent, { unit: '%' })
  // Throughput differs by some percent from turn to turn: judged is what is lost for sure.
  bench.track('sampling influence', async () => (await influence()).low, { unit: '%' })
  bench.track('sampling agent', async () => (await agentAgainstNone()).low, { unit: '%' })
})

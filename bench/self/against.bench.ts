import { availableParallelism } from 'node:os'
import { bench, describePerf } from 'vitest-perf'
import { againstRates, type Rate } from './against-rates.ts'
import { tableOf, writeBlock } from './against-report.ts'
import { startNeighbours } from './neighbours.ts'

const percents = [5, 10, 20]
const same = Number(process.env['AGAINST_SAME'] ?? 20)
const planted = Number(process.env['AGAINST_PLANTED'] ?? 5)
const busy = process.env['AGAINST_NEIGHBOURS'] === '1'

/** Measured once, by whichever case comes first. */
let rates: Promise<Rate[]> | undefined

async function measure(): Promise<Rate[]> {
  const neighbours = busy ? startNeighbours(availableParallelism()) : undefined
  try {
    const measured = await againstRates({ same, planted, percents, seed: 1 })
    // A try with a few comparisons says nothing about rates.
    if (same >= 20) await writeBlock(busy ? 'neighbours' : 'quiet', tableOf(measured))
    return measured
  } finally {
    neighbours?.stop()
  }
}

async function rateOf(what: string): Promise<Rate> {
  rates ??= measure()
  const found = (await rates).find((rate) => rate.what === what)
  if (!found) throw new Error(`no comparison of ${what}`)
  return found
}

describePerf('against', { timeout: '24h' }, () => {
  bench.track('against false alarms', async () => (await rateOf('the same code')).wrong, { unit: '%' })
  bench.track('against left open', async () => (await rateOf('the same code')).inconclusive, { unit: '%' })
  for (const percent of percents) {
    bench.track(`against finds ${percent} percent`, async () => (await rateOf(`+${percent} %`)).right, { unit: '%', better: 'higher' })
  }
})

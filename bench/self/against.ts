// Achieved error rates of `vitest-perf against` on this machine, written into docs/statistics.md:
//   npm run build && node bench/self/against.ts --same 20 --planted 10 [--percents 5,10,20] [--neighbours] [--write]
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { againstRates } from './against-rates.ts'
import { tableOf, writeBlock } from './against-report.ts'
import { startNeighbours } from './neighbours.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      same: { type: 'string', default: '20' },
      planted: { type: 'string', default: '10' },
      percents: { type: 'string', default: '5,10,20' },
      seed: { type: 'string', default: '1' },
      neighbours: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const neighbours = values.neighbours ? startNeighbours(availableParallelism()) : undefined
  try {
    const rates = await againstRates({
      same: Number(values.same),
      planted: Number(values.planted),
      percents: values.percents.split(',').map(Number),
      seed: Number(values.seed),
      onComparison: (text) => console.log(text),
    })
    const table = tableOf(rates)
    console.log(`\n${table}`)
    if (values.write) await writeBlock(values.neighbours ? 'neighbours' : 'quiet', table)
  } finally {
    neighbours?.stop()
  }
}

await main()

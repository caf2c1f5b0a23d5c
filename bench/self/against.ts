// Achieved error rates of `vitest-perf against` on this machine, written into docs/statistics.md:
//   npm run build && node bench/self/against.ts --same 20 --planted 10 [--percents 5,10,20] [--neighbours] [--write]
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { againstRates, type Rate } from './against-rates.ts'
import { startNeighbours } from './neighbours.ts'

const page = join(import.meta.dirname, '../../docs/statistics.md')

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

function tableOf(rates: readonly Rate[]): string {
  const rows = rates.map(
    ({ what, cases, right, wrong, inconclusive, mean_pairs, median_noise_percent, mean_seconds }) =>
      `| ${[what, cases, right.toFixed(1), wrong.toFixed(2), inconclusive.toFixed(1), mean_pairs.toFixed(1), median_noise_percent.toFixed(1), mean_seconds.toFixed(0)].join(' | ')} |`,
  )
  return [
    '| head is | cases | right % | wrong % | inconclusive % | pairs a case | noise of a pair % | seconds a comparison |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Each way of running has a block of its own, between markers; what stands around it is not touched. */
async function writeBlock(which: 'quiet' | 'neighbours', table: string): Promise<void> {
  const [from, to] = [`<!-- against rates, ${which}: begin -->`, `<!-- against rates, ${which}: end -->`]
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`
  const beside = which === 'quiet' ? 'nothing else running' : 'beside a neighbour on each core that bursts at random'
  const block = `${from}\n${date}, ${machine}, ${beside}:\n\n${table}\n${to}`
  const text = await readFile(page, 'utf8')
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  const next = start >= 0 && end > start ? text.slice(0, start) + block + text.slice(end + to.length) : `${text.trimEnd()}\n\n${block}\n`
  await writeFile(page, next)
}

await main()

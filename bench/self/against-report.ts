import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import type { Rate } from './against-rates.ts'

const page = join(import.meta.dirname, '../../docs/statistics.md')

export function tableOf(rates: readonly Rate[]): string {
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
export async function writeBlock(which: 'quiet' | 'neighbours', table: string): Promise<void> {
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

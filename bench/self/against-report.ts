import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { betaQuantile } from '../../src/stats/incomplete-beta.ts'
import type { Rate } from './against-rates.ts'

const page = join(import.meta.dirname, '../../docs/statistics.md')

export function tableOf(rates: readonly Rate[]): string {
  const rows = rates.map(({ what, cases, right, by_time, wrong, inconclusive, mean_pairs, median_noise_percent, mean_seconds }) => {
    const [atLeast, atMost] = [100 - upper(cases, 100 - right), upper(cases, wrong)]
    const shares = [
      `${right.toFixed(1)} (at least ${atLeast.toFixed(1)})`,
      by_time.toFixed(1),
      `${wrong.toFixed(1)} (at most ${atMost.toFixed(1)})`,
      inconclusive.toFixed(1),
    ]
    return `| ${[what, cases, ...shares, mean_pairs.toFixed(1), median_noise_percent.toFixed(1), mean_seconds.toFixed(0)].join(' | ')} |`
  })
  return [
    '| head is | cases | right % | by its time % | wrong % | inconclusive % | pairs a case | noise of a pair % | seconds a comparison |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Of a share in percent, with 95 % confidence. C. J. Clopper and E. S. Pearson, Biometrika 26 (1934). */
function upper(cases: number, percent: number): number {
  const count = Math.round((percent / 100) * cases)
  return count >= cases ? 100 : 100 * betaQuantile(0.95, count + 1, cases - count)
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
  if (start < 0 || end < start) throw new Error(`docs/statistics.md has no place for the rates: ${from} … ${to}`)
  const next = text.slice(0, start) + block + text.slice(end + to.length)
  await writeFile(page, next)
}

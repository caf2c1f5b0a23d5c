import { medianSorted } from 'simple-statistics'
import type { HistorySeries } from './history.ts'

/** Fewer cases than this have no common movement that could be told from their own. */
const casesNeeded = 10

/**
 * What the times of all cases did together, run by run, as logarithms around 0: the median over the cases of their distance from their own usual
 * level. It is mostly the machine. `undefined` with fewer than ten cases; NaN for runs with fewer.
 */
export function suiteFactor(series: readonly HistorySeries[], runs: number): number[] | undefined {
  const times = headlineTimes(series)
  if (times.length < casesNeeded) return undefined
  const distances: number[][] = Array.from({ length: runs }, () => [])
  for (const { from, values } of times) {
    const logs = values.map((value) => Math.log(value))
    const usual = medianSorted(logs.filter(Number.isFinite).sort((a, b) => a - b))
    for (const [index, log] of logs.entries()) if (Number.isFinite(log)) distances[from + index]?.push(log - usual)
  }
  return distances.map((each) => (each.length < casesNeeded ? Number.NaN : medianSorted(each.sort((a, b) => a - b))))
}

/** One time for each case: several of the same case would count it several times. */
function headlineTimes(series: readonly HistorySeries[]): HistorySeries[] {
  const best = new Map<string, HistorySeries>()
  for (const one of series) {
    if (!isTime(one)) continue
    const known = best.get(one.case)
    if (!known || rank(one.metric) < rank(known.metric)) best.set(one.case, one)
  }
  return [...best.values()]
}

export function isTime({ unit, metric }: Pick<HistorySeries, 'unit' | 'metric'>): boolean {
  return unit === 'ms' && metric.includes('time_ms')
}

const preferred = ['p10_time_ms', 'p50_time_ms', 'avg_time_ms']

function rank(metric: string): number {
  const place = preferred.indexOf(metric)
  return place < 0 ? preferred.length : place
}

import type { HistoryColumn, HistoryLine } from './history-line.ts'
import type { HistoryRunHead } from './history-run.ts'
import type { HistorySeries, MachineHistory } from './history.ts'

interface GrowingSeries extends HistorySeries {
  readonly runs: number[]
  readonly values: number[]
}

export interface Gatherer {
  /** False for a line whose ids and values do not go together; nothing of it is kept then. */
  readonly add: (line: HistoryLine) => boolean
  readonly finish: () => MachineHistory
}

/** Gathers the lines of one machine into one series for each metric of each case, holding no line back. */
export function machineGatherer(first: HistoryLine): Gatherer {
  const runs: HistoryRunHead[] = []
  const series = new Map<string, GrowingSeries>()
  // Runs of one suite have the same cases: their long id string is split once.
  const layouts = new Map<string, Map<string, readonly GrowingSeries[]>>()

  const layoutOf = ({ metric, unit, better, ids }: HistoryColumn): readonly GrowingSeries[] => {
    const key = `${metric}\n${unit}\n${better}`
    const own = layouts.get(ids) ?? new Map<string, readonly GrowingSeries[]>()
    layouts.set(ids, own)
    const known = own.get(key)
    if (known) return known
    const layout = ids.split(' ').map((id) => {
      const name = `${id}\n${key}`
      const found = series.get(name) ?? { case: id, metric, unit, better, runs: [], values: [] }
      series.set(name, found)
      return found
    })
    own.set(key, layout)
    return layout
  }

  return {
    add({ columns, run, at, commit, branch, fingerprint, machine, release }) {
      if (columns.some((column) => layoutOf(column).length !== column.values.length)) return false
      const place = runs.length
      runs.push({ run, at, commit, branch, fingerprint, machine, ...(release === undefined ? {} : { release }) })
      for (const column of columns) {
        for (const [index, one] of layoutOf(column).entries()) {
          one.runs.push(place)
          one.values.push(column.values[index] ?? Number.NaN)
        }
      }
      return true
    },
    finish: () => {
      const { runs: sorted, series: all } = byTime(
        runs,
        [...series.values()].filter(({ values }) => values.length > 0),
      )
      return { fingerprint: first.fingerprint, machine: sorted.at(-1)?.machine ?? first.machine, runs: sorted, series: all }
    },
  }
}

/** A merge by union may have mixed the lines; mostly they are in order already. */
function byTime(runs: readonly HistoryRunHead[], series: readonly HistorySeries[]): Pick<MachineHistory, 'runs' | 'series'> {
  const times = runs.map(({ at }) => Date.parse(at))
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))) return { runs, series }
  const order = runs.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const place = new Array<number>(runs.length)
  for (const [now, before] of order.entries()) place[before] = now
  return {
    runs: order.flatMap((index) => runs[index] ?? []),
    series: series.map((one) => {
      const points = one.runs.map((run, index) => ({ run: place[run] ?? 0, value: one.values[index] ?? 0 }))
      points.sort((a, b) => a.run - b.run)
      return { ...one, runs: points.map(({ run }) => run), values: points.map(({ value }) => value) }
    }),
  }
}

import type { HistoryColumn, HistoryLine } from './history-line.ts'
import type { HistoryRunHead } from './history-run.ts'
import type { HistorySeries, MachineHistory } from './history.ts'

type GrowingSeries = Omit<HistorySeries, 'from' | 'values'> & { from: number; readonly values: number[] }

export interface Gatherer {
  /** False for a line whose ids and values do not go together; nothing of it is kept then. */
  readonly add: (line: HistoryLine) => boolean
  readonly finish: () => MachineHistory
}

/** Gathers the lines of one machine into one series for each metric of each case, holding no line back. */
export function machineGatherer(first: HistoryLine): Gatherer {
  const runs: HistoryRunHead[] = []
  const series = new Map<string, GrowingSeries>()
  // Runs of one suite have the same cases: their long id string is compared with the last one, and split only when it differs.
  const layouts = new Map<string, { readonly ids: string; readonly layout: readonly GrowingSeries[] }>()

  const layoutOf = ({ metric, unit, better, ids }: HistoryColumn): readonly GrowingSeries[] => {
    const key = `${metric}\n${unit}\n${better}`
    const last = layouts.get(key)
    if (last?.ids === ids) return last.layout
    const layout = ids.split(' ').map((id) => {
      const name = `${id}\n${key}`
      const found = series.get(name) ?? { case: id, metric, unit, better, from: 0, values: [] }
      series.set(name, found)
      return found
    })
    layouts.set(key, { ids, layout })
    return layout
  }

  return {
    add({ columns, run, at, commit, branch, fingerprint, machine, release }) {
      if (columns.some((column) => layoutOf(column).length !== column.values.length)) return false
      const place = runs.length
      runs.push({ run, at, commit, branch, fingerprint, machine, ...(release === undefined ? {} : { release }) })
      for (const column of columns) {
        const layout = layoutOf(column)
        for (let index = 0; index < layout.length; index++) put(layout[index], place, column.values[index] ?? Number.NaN)
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
  return {
    runs: order.flatMap((index) => runs[index] ?? []),
    series: series.map((one) => {
      const values = order.map((before) => one.values[before - one.from] ?? Number.NaN)
      const from = values.findIndex((value) => !Number.isNaN(value))
      return { ...one, from, values: values.slice(from, values.findLastIndex((value) => !Number.isNaN(value)) + 1) }
    }),
  }
}

function put(series: GrowingSeries | undefined, place: number, value: number): void {
  if (!series) return
  const { values } = series
  if (values.length === 0) series.from = place
  while (series.from + values.length < place) values.push(Number.NaN)
  values[place - series.from] = value
}

import type { Trend, TrendReport } from '../model/trend.ts'
import type { History, HistorySeries, MachineHistory } from './history.ts'
import { isTime, suiteFactor } from './suite-factor.ts'
import { caseTrend } from './trend.ts'

export interface TrendOptions {
  /** The machine whose history is wanted. @default the one used last */
  readonly fingerprint?: string
  /** Newest runs that are looked at. @default 500 */
  readonly runs?: number
  /** Which figures are followed. @default all that the history has */
  readonly follows?: (id: string, metric: string) => boolean
}

export const defaultRuns = 500

/**
 * The trends of all cases on one machine; other machines are named and kept apart. `undefined` where that machine has no history. Trends
 * report; they never judge a run.
 */
export function trendReport(history: History, options: TrendOptions = {}): TrendReport | undefined {
  const own = history.machines.find(({ fingerprint }) => options.fingerprint === undefined || fingerprint === options.fingerprint)
  if (!own) return undefined
  const machine = newestRuns(own, options.runs ?? defaultRuns)
  const factor = suiteFactor(machine.series, machine.runs.length)
  const { follows } = options
  const followed = follows ? machine.series.filter((one) => follows(one.case, one.metric)) : machine.series
  const trends = followed.map((series) => caseTrend(series, machine.runs, isTime(series) ? factor : undefined))
  return {
    fingerprint: machine.fingerprint,
    machine: machine.machine,
    runs: machine.runs.length,
    trends,
    ...(factor ? { suite_factor: factorTrend(factor, machine) } : {}),
    other_machines: [
      ...history.machines
        .filter((one) => one !== own)
        .map(({ fingerprint, machine, runs }) => ({ fingerprint, machine, runs: runs.length, newest: runs.at(-1)?.at ?? '' })),
      ...(history.others ?? []),
    ],
    skipped_lines: history.skipped_lines,
  }
}

function newestRuns(machine: MachineHistory, count: number): MachineHistory {
  const cut = machine.runs.length - count
  if (cut <= 0) return machine
  const series = machine.series.flatMap((one): HistorySeries[] => {
    const values = one.values.slice(Math.max(0, cut - one.from))
    return values.length === 0 ? [] : [{ ...one, from: Math.max(0, one.from - cut), values }]
  })
  return { ...machine, runs: machine.runs.slice(cut), series }
}

/** Its own series, so that a slow machine is seen, and not mistaken for slow code. */
function factorTrend(factor: readonly number[], { runs }: MachineHistory): Trend {
  const values = factor.map((log) => Math.exp(log))
  return caseTrend({ case: 'suite', metric: 'suite_factor', unit: 'ratio', better: 'lower', from: 0, values }, runs)
}

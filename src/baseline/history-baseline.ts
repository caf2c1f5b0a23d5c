import type { Baseline, RecordedCase, RecordedValue } from './baseline.ts'
import type { History, HistorySeries, MachineHistory } from './history.ts'
import { levelSteps } from './trend-changes.ts'

/** Runs that a comparison looks back on, at most; older ones say little of today's noise. */
const remembered = 30

/** Enough to see the last change of a level before those. */
export const searched = 100

/**
 * The history as a baseline, to judge a run by the prediction interval of its earlier ones: the newest runs of each case and metric, and of those only
 * the ones since its level last changed. Every machine stays by itself.
 */
export function baselineOfHistory(history: History, path: string): Baseline {
  return {
    path,
    format: 'history',
    environments: history.machines.map((machine) => ({ fingerprint: machine.fingerprint, machine: {}, cases: casesOf(machine) })),
  }
}

function casesOf(machine: MachineHistory): Record<string, RecordedCase> {
  const cases = new Map<string, Record<string, readonly RecordedValue[]>>()
  for (const series of machine.series) {
    const values = sinceLastChange(series, machine)
    const known = cases.get(series.case) ?? {}
    cases.set(series.case, { ...known, [series.metric]: values })
  }
  return Object.fromEntries(cases)
}

function sinceLastChange({ from, values }: HistorySeries, { runs }: MachineHistory): RecordedValue[] {
  const cut = Math.max(0, values.length - searched)
  const recorded = values.slice(cut).flatMap((value, index): RecordedValue[] => {
    const run = runs[from + cut + index]
    return run && !Number.isNaN(value) ? [{ at: run.at, commit: run.commit, value }] : []
  })
  const logs = recorded.map(({ value }) => Math.log(value))
  const change = logs.every(Number.isFinite) ? (levelSteps(logs).at(-1)?.index ?? 0) : 0
  return recorded.slice(Math.max(change, recorded.length - remembered))
}

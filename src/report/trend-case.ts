import type { Compared } from '../model/run.ts'
import type { SinceRelease, Trend } from '../model/trend.ts'
import { change, changeRange } from './format.ts'
import { plain } from './plain-text.ts'
import { current, type PlacedRuns } from './trend-runs.ts'
import { stepsOf, type StepView } from './trend-steps.ts'

/** The followed figure of a case in the runs of the report, this run among them. */
export interface CaseTrend {
  readonly id: string
  readonly metric: string
  readonly unit: string
  readonly better: Trend['better']
  readonly timed: boolean
  readonly values: readonly number[]
  /** Where each run was expected; a gap is NaN, and of very many cases both are empty. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Places are of the report's list of runs. */
  readonly levels: readonly { readonly from: number; readonly to: number; readonly value: number }[]
  readonly changes: readonly StepView[]
  readonly anomalies: readonly number[]
  /** `+4.2 % [+3.1, +5.3] since v1.2.0, in many small steps`, or empty. */
  readonly since: string
  readonly creeping: boolean
  /** Levels and steps are without what all cases did together; values are as they were measured. */
  readonly adjusted: boolean
  /** Further figures of the case whose level changed. */
  readonly others: readonly CaseTrend[]
}

export function caseTrend(one: Compared, trend: Trend, others: readonly Trend[], runs: PlacedRuns, withBand: boolean): CaseTrend {
  const { unit, better, metric } = trend
  const gaps = (): number[] => new Array<number>(runs.size).fill(Number.NaN)
  const [values, low, high] = [gaps(), ...(withBand ? [gaps(), gaps()] : [[], []])] as [number[], number[], number[]]
  const placeOf = (index: number): number => runs.get(trend.runs[index]?.run ?? '')?.at ?? -1
  for (let index = Math.max(0, trend.runs.length - runs.size); index < trend.runs.length; index++) {
    const place = placeOf(index)
    if (place < 0) continue
    values[place] = trend.values[index] ?? Number.NaN
    if (!withBand) continue
    low[place] = trend.low[index] ?? Number.NaN
    high[place] = trend.high[index] ?? Number.NaN
  }
  const now = runs.get(current)
  if (now && one.state === 'measured') values[now.at] = (one.comparison?.metric === metric ? one.comparison.head : undefined) ?? one.metrics[metric] ?? Number.NaN
  const { id, name } = one.identity
  return {
    id,
    metric: plain(metric, 60),
    unit: plain(unit, 20),
    better,
    timed: unit === 'ms' && metric.includes('time_ms'),
    values,
    low,
    high,
    levels: trend.levels.flatMap(({ from, to, value }) => (placeOf(to) < 0 ? [] : [{ from: Math.max(0, placeOf(from)), to: placeOf(to), value }])),
    changes: stepsOf({ id, name: plain(name) }, trend, runs),
    anomalies: trend.anomalies.map(({ index }) => placeOf(index)).filter((place) => place >= 0),
    since: trend.since_release ? sinceText(trend.since_release) : '',
    creeping: trend.since_release?.creeping ?? false,
    adjusted: trend.suite_factor_removed,
    others: others.map((other) => caseTrend(one, other, [], runs, withBand)),
  }
} // prettier-ignore

function sinceText({ release, change_percent, interval_percent: [low, high], creeping }: SinceRelease): string {
  const how = creeping ? ', in many small steps' : ''
  return `${change(change_percent)} ${changeRange(low, high)} since ${plain(release, 30)}${how}`
}

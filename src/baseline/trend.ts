import type { Anomaly, ChangePoint, Trend, TrendLevel, TrendPlace } from '../model/trend.ts'
import type { HistorySeries } from './history.ts'
import type { HistoryRunHead } from './history-run.ts'
import { toPercent } from './prediction.ts'
import { level, levelSteps, type Step } from './trend-changes.ts'
import { expectations, type Expected } from './trend-expected.ts'
import { sinceRelease } from './trend-since-release.ts'

interface Measured {
  readonly run: HistoryRunHead
  readonly value: number
  /** ln(value), less what all cases did together. */
  readonly log: number
  readonly factor: number
}

/**
 * What happened to one metric of one case. `factor` is that of the suite by run, or undefined where it is not to be removed.
 *
 * Values of 0 or less have no logarithm: such a series is shown, and no change is looked for.
 */
export function caseTrend(series: HistorySeries, runs: readonly HistoryRunHead[], factor?: readonly number[]): Trend {
  const measured = series.values.flatMap((value, index) => pointOf(value, runs[series.from + index], factor?.[series.from + index] ?? 0))
  const logs = measured.map(({ log }) => log)
  const usable = logs.every(Number.isFinite)
  const steps = usable ? levelSteps(logs) : []
  const expected = usable
    ? expectations(
        logs,
        steps.map(({ index }) => index),
      )
    : []
  const worse = (effect: number): 'worse' | 'better' => (effect > 0 === (series.better === 'lower') ? 'worse' : 'better')
  const since = usable
    ? sinceRelease(
        logs,
        measured.map(({ run }) => run.release),
        steps,
        series.better,
      )
    : undefined
  return {
    case: series.case,
    metric: series.metric,
    unit: series.unit,
    better: series.better,
    runs: measured.length === runs.length ? runs : measured.map(({ run }) => run),
    values: measured.map(({ value }) => value),
    ...sidesOf(measured, expected),
    levels: usable ? levelsOf(logs, steps) : [],
    changes: steps.map((step, place) => changeOf(step, measured, logs, steps[place - 1]?.index ?? 0, steps[place + 1]?.index, worse)),
    anomalies: anomaliesOf(measured, expected, worse),
    ...(since ? { since_release: since } : {}),
    suite_factor_removed: factor !== undefined,
  }
}

function pointOf(value: number, run: HistoryRunHead | undefined, factor: number): Measured[] {
  if (!run || Number.isNaN(value)) return []
  const known = Number.isNaN(factor) ? 0 : factor
  return [{ run, value, log: Math.log(value) - known, factor: known }]
}

function sidesOf(measured: readonly Measured[], expected: readonly (Expected | undefined)[]): Pick<Trend, 'low' | 'high'> {
  const bands = measured.map(({ factor }, index) => {
    const one = expected[index]
    return one ? bandOf(one, factor) : undefined
  })
  return { low: bands.map((band) => band?.[0] ?? Number.NaN), high: bands.map((band) => band?.[1] ?? Number.NaN) }
}

/** In the unit of the values: what was taken out is put back. */
function bandOf({ centre, half }: Expected, factor: number): readonly [number, number] {
  return [Math.exp(centre - half + factor), Math.exp(centre + half + factor)]
}

function place({ run, at, commit }: HistoryRunHead): Omit<TrendPlace, 'index'> {
  return { run, at, commit }
}

function levelsOf(logs: readonly number[], steps: readonly Step[]): TrendLevel[] {
  if (logs.length === 0) return []
  const starts = [0, ...steps.map(({ index }) => index)]
  return starts.map((from, index) => {
    const end = starts[index + 1] ?? logs.length
    return { from, to: end - 1, value: Math.exp(level(logs, from, end)) }
  })
}

function changeOf(
  { index, size, state }: Step,
  measured: readonly Measured[],
  logs: readonly number[],
  before: number,
  after: number | undefined,
  worse: (effect: number) => 'worse' | 'better',
): ChangePoint {
  const run = measured[index]?.run
  return {
    index,
    run: run?.run ?? '',
    at: run?.at ?? '',
    commit: run?.commit ?? null,
    previous_commit: measured[index - 1]?.run.commit ?? null,
    direction: worse(size),
    change_percent: toPercent(size),
    before: Math.exp(level(logs, before, index)),
    after: Math.exp(level(logs, index, after)),
    state,
  }
}

function anomaliesOf(
  measured: readonly Measured[],
  expected: readonly (Expected | undefined)[],
  worse: (effect: number) => 'worse' | 'better',
): Anomaly[] {
  return measured.flatMap(({ run, value, log, factor }, index) => {
    const one = expected[index]
    if (!one?.anomalous) return []
    return [{ index, ...place(run), value, expected: bandOf(one, factor), direction: worse(log - one.centre) }]
  })
}

import type { Compared, Run } from '../model/run.ts'
import type { SinceRelease, Trend, TrendRun } from '../model/trend.ts'
import { change, number, quantity } from './format.ts'
import { plain } from './plain-text.ts'
import { suiteIndex } from './suite-index.ts'

/** A run of the history, as charts name it. */
export interface RunLabel {
  readonly commit: string
  /** ISO 8601. */
  readonly at: string
  readonly release: string
}

/** The followed figure of a case in the runs of the report, this run among them. */
export interface CaseTrend {
  readonly metric: string
  readonly unit: string
  readonly better: Trend['better']
  readonly values: readonly number[]
  /** Where each run was expected; a gap is NaN, and of very many cases both are empty. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Places are of the report's list of runs. */
  readonly levels: readonly { readonly from: number; readonly to: number; readonly value: number }[]
  readonly changes: readonly StepView[]
  readonly anomalies: readonly number[]
  /** `+4.2 % since v1.2.0, in many small steps`, or empty. */
  readonly since: string
  readonly creeping: boolean
}

/** A level that changed for good. */
export interface StepView {
  readonly at: number
  readonly id: string
  readonly name: string
  readonly metric: string
  readonly text: string
  readonly better: boolean
  readonly tone: 'good' | 'bad'
  readonly word: string
  readonly values: string
  readonly commit: string
  readonly when: string
  /** `provisional` until five runs followed. */
  readonly state: string
}

export interface VersionView {
  readonly name: string
  readonly value: number
  readonly text: string
  /** Against the version before it; empty for the first. */
  readonly change: string
  readonly tone: 'good' | 'bad' | 'quiet'
}

export interface TrendView {
  readonly runs: readonly RunLabel[]
  /** 100 at the first run, lower is faster; a gap is NaN. */
  readonly index: readonly number[]
  /** Newest first. */
  readonly steps: readonly StepView[]
  readonly creeping: readonly { readonly id: string; readonly name: string; readonly text: string }[]
  readonly versions: readonly VersionView[]
  readonly machine: string
  readonly otherMachines: readonly string[]
  readonly byCase: ReadonlyMap<string, CaseTrend>
}

const manyCases = 1000
const mostRuns = { few: 200, many: 100 } as const

export function trendView(run: Run): TrendView | null {
  const { trend: report } = run
  if (!report) return null
  const byCase = Map.groupBy(report.trends, (trend) => trend.case)
  const followed = run.cases.flatMap((one): [Compared, Trend][] => {
    const trend = mainTrend(one, byCase.get(one.identity.id) ?? [])
    return trend ? [[one, trend]] : []
  })
  const many = followed.length > manyCases
  const runs = runsOf(followed.map(([, trend]) => trend), run, many ? mostRuns.many : mostRuns.few)
  if (runs.size < 2) return null
  const cases = new Map(followed.map(([one, trend]) => [one.identity.id, caseTrend(one, trend, runs, !many)]))
  const names = new Map(followed.map(([one]) => [one.identity.id, plain(one.identity.name)]))
  const labels = [...runs.values()].map(({ label }) => label)
  const index = suiteIndex([...cases.values()], labels.length)
  return {
    runs: labels,
    index,
    steps: [...cases.values()].flatMap(({ changes }) => changes).sort((a, b) => b.at - a.at),
    creeping: [...cases].flatMap(([id, { creeping, since }]) => (creeping ? [{ id, name: names.get(id) ?? plain(id), text: since }] : [])),
    versions: versionsOf(labels, index),
    machine: plain(report.machine),
    otherMachines: report.other_machines.map(({ machine, runs, newest }) => `${plain(machine)}: ${runs} runs, the newest of ${newest.slice(0, 10)}`),
    byCase: cases,
  }
} // prettier-ignore

/** What the case is judged by, where that is followed; else the first figure of the history. */
function mainTrend(one: Compared, trends: readonly Trend[]): Trend | undefined {
  const judgedBy = one.comparison?.metric
  return trends.find(({ metric }) => metric === judgedBy) ?? trends[0]
}

type Runs = ReadonlyMap<string, { readonly at: number; readonly label: RunLabel }>
const current = 'this run'

/** The newest runs that any case has, oldest first, and this run as the last. */
function runsOf(trends: readonly Trend[], { started_at, environment }: Run, most: number): Runs {
  const known = new Map<string, TrendRun>()
  // Trends of cases that every run has share one list.
  for (const some of new Set(trends.map(({ runs }) => runs)))
    for (const one of some.slice(-most)) if (!known.has(one.run)) known.set(one.run, one)
  const sorted = [...known.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
  const newest = sorted.at(-1)
  const has = newest !== undefined && Math.abs(Date.parse(newest.at) - started_at) < 1000
  const now: TrendRun = { run: current, at: new Date(started_at).toISOString(), commit: environment.commit }
  const kept = (has ? sorted : [...sorted, now]).slice(-most)
  return new Map(
    kept.map(({ run, at, commit, release }, index) => [
      run,
      { at: index, label: { commit: plain(commit ?? '', 60).slice(0, 7), at, release: plain(release ?? '', 30) } },
    ]),
  )
}

function caseTrend(one: Compared, trend: Trend, runs: Runs, withBand: boolean): CaseTrend {
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
    metric: plain(metric, 60),
    unit,
    better,
    values,
    low,
    high,
    levels: trend.levels.flatMap(({ from, to, value }) => (placeOf(to) < 0 ? [] : [{ from: Math.max(0, placeOf(from)), to: placeOf(to), value }])),
    changes: trend.changes.flatMap(({ index, change_percent, before, after, commit, at, direction, state }): StepView[] => {
      const place = placeOf(index)
      const isBetter = direction === 'better'
      if (place < 0) return []
      return [{
        at: place, id, name: plain(name), metric: plain(metric, 60), text: change(change_percent), better: isBetter,
        tone: isBetter ? 'good' : 'bad', word: isBetter ? 'better' : 'worse', values: `${quantity(before, unit)} → ${quantity(after, unit)}`,
        commit: plain(commit ?? '', 60).slice(0, 9), when: at.slice(0, 10), state,
      }]
    }),
    anomalies: trend.anomalies.map(({ index }) => placeOf(index)).filter((place) => place >= 0),
    since: trend.since_release ? sinceText(trend.since_release) : '',
    creeping: trend.since_release?.creeping ?? false,
  }
} // prettier-ignore

function sinceText({ release, change_percent, interval_percent: [low, high], creeping }: SinceRelease): string {
  const how = creeping ? ', in many small steps' : ''
  return `${change(change_percent)} [${change(low)}, ${change(high)}] since ${plain(release, 30)}${how}`
}

/** The index at each release, and now. */
function versionsOf(runs: readonly RunLabel[], index: readonly number[]): VersionView[] {
  const releases = runs.flatMap(({ release }, at) => (release ? [{ name: release, at }] : []))
  if (!releases.length) return []
  const last = index.length - 1
  const all = [...releases.filter(({ at }) => at !== last).slice(-7), { name: runs[last]?.release || 'this run', at: last }]
  const known = all.map(({ name, at }) => ({ name, value: index[at] ?? Number.NaN })).filter(({ value }) => Number.isFinite(value))
  return known.map(({ name, value }, at) => {
    const before = known[at - 1]?.value
    const percent = before === undefined ? undefined : (value / before - 1) * 100
    const tone = percent === undefined || Math.abs(percent) < 1 ? 'quiet' : percent > 0 ? 'bad' : 'good'
    return { name, value, text: number(value, 4), change: percent === undefined ? '' : change(percent), tone }
  })
}

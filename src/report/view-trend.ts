import type { Compared, Run } from '../model/run.ts'
import type { Trend, TrendReport } from '../model/trend.ts'
import { counted } from './format.ts'
import { plain } from './plain-text.ts'
import { suiteIndex } from './suite-index.ts'
import { caseTrend, type CaseTrend } from './trend-case.ts'
import { placedRuns, type PlacedRuns, type RunLabel } from './trend-runs.ts'
import { stepsOf, type StepView } from './trend-steps.ts'
import { versionsOf, type VersionView } from './trend-versions.ts'

export type { CaseTrend, RunLabel, StepView, VersionView }

export interface CreepView {
  readonly id: string
  readonly name: string
  readonly metric: string
  /** `+6.2 % [+4.1, +8.3] since v1.2.0, in many small steps`. */
  readonly text: string
  /** Without its sign, percent. */
  readonly size: number
}

export interface TrendView {
  readonly runs: readonly RunLabel[]
  /** What the index is made of: the times, or all figures where no case has a time. */
  readonly of: 'times' | 'figures'
  /** 100 at the first run, lower is better; a gap is NaN. */
  readonly index: readonly number[]
  /** What all cases did together, mostly the machine, as an index too; empty with fewer than ten cases. */
  readonly machineIndex: readonly number[]
  /** Of all figures that are followed, newest first; `id` is empty for what all cases did together. */
  readonly steps: readonly StepView[]
  /** Those among the newest 30 runs, worse ones first, then by their size. */
  readonly newSteps: readonly StepView[]
  /** Worst first. */
  readonly creeping: readonly CreepView[]
  readonly versions: readonly VersionView[]
  readonly machine: string
  readonly otherMachines: readonly string[]
  readonly byCase: ReadonlyMap<string, CaseTrend>
}

const manyCases = 1000
const mostRuns = { few: 200, many: 100 } as const
const newestRuns = 30

export function trendView(run: Run): TrendView | null {
  const { trend: report } = run
  if (!report) return null
  const byCase = Map.groupBy(report.trends, (trend) => trend.case)
  const followed = run.cases.flatMap((one): [Compared, Trend, readonly Trend[]][] => {
    const trends = byCase.get(one.identity.id) ?? []
    const main = mainTrend(one, trends)
    return main ? [[one, main, trends.filter((trend) => trend !== main && hasNews(trend))]] : []
  })
  const many = followed.length > manyCases
  const runs = placedRuns(followed.map(([, trend]) => trend), run, many ? mostRuns.many : mostRuns.few)
  if (runs.size < 2) return null
  const cases = followed.map(([one, main, others]) => caseTrend(one, main, others, runs, !many))
  const labels = [...runs.values()].map(({ label }) => label)
  const timed = cases.filter(({ timed }) => timed)
  const index = suiteIndex(timed.length > 0 ? timed : cases, labels.length)
  const machineIndex = machineIndexOf(report, runs)
  const suite = report.suite_factor ? stepsOf({ id: '', name: 'all cases together' }, report.suite_factor, runs) : []
  const steps = [...cases.flatMap(({ changes, others }) => [changes, ...others.map((other) => other.changes)].flat()), ...suite].sort(newestFirst)
  const repeated = new Set(cases.flatMap(repeatedSteps))
  return {
    runs: labels,
    of: timed.length > 0 ? 'times' : 'figures',
    index,
    machineIndex,
    steps,
    newSteps: steps.filter((step) => step.at >= labels.length - newestRuns && !repeated.has(step)).sort(worstFirst),
    creeping: creepingOf(cases, followed),
    versions: versionsOf(labels, index, machineIndex, timed.length || cases.length),
    machine: plain(report.machine),
    otherMachines: report.other_machines.map(({ machine, runs, newest }) => `${plain(machine)}: ${counted(runs, 'run')}, the newest of ${plain(newest).slice(0, 10)}`),
    byCase: new Map(cases.map((one) => [one.id, one])),
  }
} // prettier-ignore

const preferred = ['p10_time_ms', 'p50_time_ms', 'avg_time_ms', 'value']

/** What the case is judged by, where that is followed; else what it would be judged by, or the first figure of the history. */
function mainTrend(one: Compared, trends: readonly Trend[]): Trend | undefined {
  const named = (name: string | undefined): Trend | undefined => trends.find(({ metric }) => metric === name)
  const first = preferred.find((name) => named(name))
  return named(one.comparison?.metric) ?? named(first) ?? trends.find(({ metric }) => metric.startsWith('time_ms_at_')) ?? trends[0]
}

const hasNews = ({ changes, since_release }: Trend): boolean => changes.length > 0 || (since_release?.creeping ?? false)

const newestFirst = (a: StepView, b: StepView): number => b.at - a.at || b.size - a.size

const worstFirst = (a: StepView, b: StepView): number => Number(a.better) - Number(b.better) || b.size - a.size

/** Steps that a further time of a case has where its first one has them: they tell of the same. */
function repeatedSteps({ timed, changes, others }: CaseTrend): StepView[] {
  const known = (step: StepView): boolean => changes.some(({ at }) => Math.abs(at - step.at) <= 2)
  return timed ? others.filter((other) => other.timed).flatMap((other) => other.changes.filter(known)) : []
}

function creepingOf(cases: readonly CaseTrend[], followed: readonly (readonly [Compared, Trend, readonly Trend[]])[]): CreepView[] {
  const all = followed.flatMap(([{ identity }, main, others], at) => {
    const views = [cases[at], ...(cases[at]?.others ?? [])]
    return [main, ...others].flatMap(({ since_release: since }, place) => {
      const view = views[place]
      if (!since?.creeping || !view) return []
      return [{ id: identity.id, name: plain(identity.name), metric: view.metric, text: view.since, size: Math.abs(since.change_percent) }]
    })
  })
  return all.sort((a, b) => b.size - a.size)
}

function machineIndexOf({ suite_factor: factor }: TrendReport, runs: PlacedRuns): number[] {
  if (!factor) return []
  const index = new Array<number>(runs.size).fill(Number.NaN)
  factor.runs.forEach(({ run }, at) => {
    const place = runs.get(run)?.at
    if (place !== undefined) index[place] = factor.values[at] ?? Number.NaN
  })
  const first = index.find(Number.isFinite) ?? Number.NaN
  return index.map((value) => (100 * value) / first)
}

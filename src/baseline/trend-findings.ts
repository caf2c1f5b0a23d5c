import { finding, type Finding } from '../model/finding.ts'
import type { Compared } from '../model/run.ts'
import type { ChangePoint, Trend, TrendReport } from '../model/trend.ts'
import { isTime } from './suite-factor.ts'

/** A level that is older is what the case costs by now; the trend shows it. */
const newestRuns = 30
/** So close are two steps one: of several figures that tell of the same, one is named. */
const same = 2

const ofHistory: ReadonlySet<Finding['code']> = new Set(['level_changed', 'creeping'])

/** The cases with what their history says against them, in place of what an earlier look at it said. */
export function withTrendFindings(cases: readonly Compared[], { trends }: TrendReport): Compared[] {
  const byCase = Map.groupBy(trends, (trend) => trend.case)
  return cases.map((one) => {
    const others = one.findings.filter(({ code }) => !ofHistory.has(code))
    const found = trendFindings(byCase.get(one.identity.id) ?? [], one.comparison?.metric)
    return found.length === 0 && others.length === one.findings.length ? one : { ...one, findings: [...others, ...found] }
  })
}

/** Lines that nobody could read take runs out of every trend: said once for the run. */
export function historyFindings(findings: readonly Finding[], { skipped_lines }: TrendReport): Finding[] {
  const others = findings.filter(({ code }) => code !== 'history_lines_skipped')
  return skipped_lines > 0 ? [...others, finding('history_lines_skipped', { lines: skipped_lines })] : others
}

function trendFindings(trends: readonly Trend[], judgedBy: string | undefined): Finding[] {
  const first = (trend: Trend): number => (trend.metric === judgedBy ? 0 : 1)
  const sorted = trends.toSorted((a, b) => first(a) - first(b))
  const kept: { readonly trend: Trend; readonly step: ChangePoint }[] = []
  for (const trend of sorted) {
    const step = newWorseStep(trend)
    const known = kept.some((other) => kindOf(other.trend) === kindOf(trend) && step && Math.abs(other.step.index - step.index) <= same)
    if (step && !known) kept.push({ trend, step })
  }
  const creep = sorted.find(({ since_release }) => since_release?.creeping)
  // The steps of a creep are its parts.
  const apart = kept.filter(({ trend }) => creep === undefined || kindOf(trend) !== kindOf(creep))
  const steps = apart.map(({ trend, step }) => levelChanged(trend, step))
  return [...steps, ...(creep?.since_release ? [creeping(creep, creep.since_release)] : [])]
}

/** Figures of one kind tell of the same thing. */
const kindOf = (trend: Trend): string => (isTime(trend) || trend.metric === 'requests_per_second' ? 'speed' : trend.metric)

/** The level that a series is at, where it is worse than before, new, and no release has it already. */
function newWorseStep({ changes, runs }: Trend): ChangePoint | undefined {
  const step = changes.at(-1)
  if (step?.direction !== 'worse' || step.index < runs.length - newestRuns) return undefined
  const current = runs.at(-1)?.release
  const released = runs.findLastIndex(({ release }) => release !== undefined && release !== current)
  return step.index > released ? step : undefined
}

function levelChanged({ metric, unit, runs }: Trend, step: ChangePoint): Finding {
  const { index, change_percent, before, after, commit, previous_commit, state } = step
  return finding('level_changed', {
    metric,
    unit,
    change_percent,
    before,
    after,
    commit: commit ?? '',
    previous_commit: previous_commit ?? '',
    runs: runs.length - index,
    state,
  })
}

function creeping(
  { metric }: Trend,
  { release, change_percent, interval_percent: [low, high] }: NonNullable<Trend['since_release']>,
): Finding {
  return finding('creeping', { metric, release, change_percent, low_percent: low, high_percent: high })
}

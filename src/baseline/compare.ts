import type { Compared, ComparedRun, Comparison, Summarised, SummarisedCase } from '../model/run.ts'
import type { Milliseconds } from '../model/units.ts'
import type { BaselineReading } from './baseline.ts'
import { newest } from './baseline.ts'
import { compareFigure } from './compare-case.ts'
import type { Headline } from './headline.ts'
import { headlines } from './headline.ts'
import type { MachineOptions, Match } from './match.ts'
import { matchMachine } from './match.ts'
import { judgeShift } from './suite-shift.ts'
import { noTrends, trendsOf } from './trends.ts'

export interface CompareOptions extends MachineOptions {
  /** Change that counts as a regression, where a case has no threshold of its own. */
  readonly threshold_percent: number
}

/** Resident memory wanders by so much without a cause (STATISTICS.md §7). */
const leastMemoryThreshold = 10

/** Stage 3: each case against its earlier values on the same machine (STATISTICS.md §4). */
export function compareWithBaseline(cases: readonly Summarised[], reading: BaselineReading, options: CompareOptions): ComparedRun {
  const match = reading.state === 'usable' ? matchMachine(reading.baseline, options) : undefined
  if (!match) return { cases, missing: [], trends: noTrends, findings: reading.findings }
  const compared = cases.map((one) => compareCase(one, match, options))
  const { shift, reopened } = judgeShift(compared.flatMap(timeOf))
  const judged = compared.map((one) => (reopened.has(one.identity.id) && one.comparison ? reopen(one, one.comparison, shift) : one))
  const present = new Set(cases.map((one) => one.identity.id))
  const missing = Object.keys(match.environment.cases)
    .filter((id) => !present.has(id))
    .map((id) => ({ id, comparison: absent(id, match, options.threshold_percent) }))
  return {
    cases: judged,
    missing,
    trends: trendsOf(judged, missing, newest(match.environment)),
    findings: [...reading.findings, ...match.findings, ...(shift ? [shift] : [])],
  }
}

function compareCase(one: Summarised, match: Match, options: CompareOptions): Compared {
  const threshold_percent = one.regression_threshold_percent ?? options.threshold_percent
  const recorded = Object.hasOwn(match.environment.cases, one.identity.id) ? match.environment.cases[one.identity.id] : undefined
  if (one.state !== 'measured') return recorded ? { ...one, comparison: absent(one.identity.id, match, threshold_percent) } : one
  const comparison = compareMeasured(one, recorded ?? {}, match, threshold_percent)
  return comparison ? { ...one, comparison } : one
}

function compareMeasured(
  one: SummarisedCase,
  recorded: Match['environment']['cases'][string],
  match: Match,
  threshold: number,
): Comparison | undefined {
  const figures = headlines(one)
  const runsOf = ({ metric }: Headline): number => recorded[metric]?.length ?? 0
  // The longest history sees most; of equal ones the best figure comes first.
  const [known] = figures.filter((figure) => runsOf(figure) > 0).toSorted((a, b) => runsOf(b) - runsOf(a))
  const [first] = figures
  if (!first) return Object.keys(recorded).length > 0 ? absent(one.identity.id, match, threshold) : undefined
  const threshold_percent = first.metric === 'memory_mb' ? Math.max(threshold, leastMemoryThreshold) : threshold
  const against = { against: match.against, threshold_percent }
  if (!known) return { verdict: 'new', metric: first.metric, head: first.value, ...against, runs: 0, findings: [] }
  const earlier = recorded[known.metric] ?? []
  if (!match.same_machine) {
    return { verdict: 'inconclusive', metric: known.metric, head: known.value, ...against, runs: earlier.length, findings: match.findings }
  }
  const comparison = compareFigure(known, earlier, against)
  const base_quantiles_ms = known.is_time ? timesOf(match, one.identity.id) : undefined
  return base_quantiles_ms ? { ...comparison, base_quantiles_ms } : comparison
}

function timesOf({ environment: { times = {} } }: Match, id: string): readonly Milliseconds[] | undefined {
  return Object.hasOwn(times, id) ? times[id] : undefined
}

function absent(id: string, { environment, against }: Match, threshold_percent: number): Comparison {
  const [metric, values] = Object.entries(environment.cases[id] ?? {})[0] ?? ['value', []]
  const last = values.at(-1)
  return {
    verdict: 'missing',
    metric,
    ...(last ? { base: last.value } : {}),
    threshold_percent,
    against,
    runs: values.length,
    findings: [],
  }
}

function timeOf(one: Compared): { id: string; comparison: Comparison }[] {
  if (one.state !== 'measured' || one.comparison?.effect_percent === undefined) return []
  const { metric } = one.comparison
  return headlines(one).some((each) => each.is_time && each.metric === metric) ? [{ id: one.identity.id, comparison: one.comparison }] : []
}

function reopen(one: Compared, comparison: Comparison, shift: ComparedRun['findings'][number] | undefined): Compared {
  return { ...one, comparison: { ...comparison, verdict: 'inconclusive', findings: [...comparison.findings, ...(shift ? [shift] : [])] } }
}

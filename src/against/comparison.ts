import { finding, type Finding } from '../model/finding.ts'
import type { Comparison, PairDifference } from '../model/run.ts'
import { geometricMean } from '../stats/geometric-mean.ts'
import type { PreparedCase } from './case-pairs.ts'
import type { RemovedPair } from './covariate-removal.ts'
import type { CaseDecision, FigureDecision } from './decide.ts'
import { pairedDifference } from './paired-difference.ts'
import type { ProcessPair, ProcessSummary } from './process-summary.ts'
import { guardNames, type Guard } from './rule.ts'

/** A decision as reports have it, with the processes that were judged and those left out; `against` names the base. */
export function comparisonOf(
  decision: CaseDecision,
  { kept: pairs, removed, measured }: Pick<PreparedCase, 'kept' | 'removed' | 'measured'>,
  against: string,
): Comparison {
  const { figure } = decision
  const decided = (figure === 'main' ? undefined : decision.guards[figure]) ?? decision.main
  const summary = pairs[0]?.head
  // Inside the rule more is always worse; reports show the metric's own direction.
  const sign = figure === 'main' ? (summary?.sign ?? 1) : 1
  const metric = figure === 'main' ? (summary?.metric ?? 'value') : figure
  return {
    verdict: decision.verdict,
    metric,
    ...sideValues(pairs, (side) => (figure === 'main' ? side.value : side[figure])),
    ...percents(decided, sign),
    threshold_percent: percent(decided.threshold),
    ...(Number.isFinite(decided.visible) ? { visible_percent: percent(decided.visible) } : {}),
    // One pair has no spread.
    ...(decision.pairs > 1 ? { noise_percent: percent(decided.effect.noise) } : {}),
    ...(decision.further_pairs === undefined ? {} : { further_pairs: decision.further_pairs }),
    pairs: pairDifferences(measured, removed, (pair) => {
      const difference = pairedDifference(pair)
      return figure === 'main' ? sign * difference.main : difference.guards[figure]
    }),
    against,
    runs: decision.pairs,
    findings: [...findingsOf(decision), ...removedFinding(removed, pairs.length)],
  }
}

/** The evidence pair by pair, so that a reader of the results can judge anew. */
function pairDifferences(
  stages: PreparedCase['measured'],
  removed: readonly RemovedPair[],
  difference: (pair: ProcessPair) => number | undefined,
): PairDifference[] {
  const because = new Map(removed.map(({ pair, covariate }) => [pair, covariate]))
  return stages
    .flatMap((pairs, stage) => pairs.map((pair) => ({ stage, value: difference(pair) })))
    .map(({ stage, value }, at) => {
      const covariate = because.get(at)
      return {
        stage,
        ...(value !== undefined && Number.isFinite(value) ? { percent: percent(value) } : {}),
        ...(covariate ? { removed: covariate } : {}),
      }
    })
}

function findingsOf({ guards, main, pairs, further_pairs }: CaseDecision): Finding[] {
  const worse = main.verdict === 'regressed' ? [] : guardNames.flatMap((guard) => guardFinding(guard, guards[guard]))
  const open = further_pairs === undefined ? [] : [finding('pairs_needed', { pairs, further: further_pairs })]
  return [...worse, ...open]
}

/** One finding for all of them, with the facts of the one furthest from the usual. */
function removedFinding(removed: readonly RemovedPair[], kept: number): Finding[] {
  const [worst] = removed.toSorted((a, b) => b.value - b.usual - (a.value - a.usual))
  if (!worst) return []
  const { covariate, value, usual } = worst
  return [finding('pairs_removed', { removed: removed.length, of: removed.length + kept, covariate, value, usual })]
}

function guardFinding(guard: Guard, decision: FigureDecision | undefined): Finding[] {
  if (decision?.verdict !== 'regressed') return []
  const { theta, low, high } = decision.effect
  const facts = { metric: guard, change_percent: percent(theta), low_percent: percent(low), high_percent: percent(high) }
  return [finding('guard_worse', facts)]
}

function percents({ effect }: FigureDecision, sign: 1 | -1): Pick<Comparison, 'effect_percent' | 'interval_percent'> {
  const low = percent(sign === 1 ? effect.low : -effect.high)
  const high = percent(sign === 1 ? effect.high : -effect.low)
  const finite = Number.isFinite(low) && Number.isFinite(high)
  return { effect_percent: percent(sign * effect.theta), ...(finite ? { interval_percent: [low, high] as const } : {}) }
}

/** Geometric mean of each side, or the plain one where a process had none at all of it, as with collections. */
function sideValues(pairs: readonly ProcessPair[], value: (side: ProcessSummary) => number | undefined): Pick<Comparison, 'base' | 'head'> {
  const base = average(pairs.flatMap((pair) => value(pair.base) ?? []))
  const head = average(pairs.flatMap((pair) => value(pair.head) ?? []))
  return { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) }
}

function average(values: readonly number[]): number | undefined {
  return geometricMean(values) ?? (values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length)
}

function percent(logarithm: number): number {
  return Math.expm1(logarithm) * 100
}

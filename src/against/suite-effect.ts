import type { Estimate } from '../model/estimate.ts'
import { effectOf } from './effect.ts'
import type { CasePairs } from './evidence.ts'

/**
 * Geometric mean of head over base, in percent, over all cases of the suite. Cases of one process share its luck, so each pair gives one mean
 * over the cases, and these means are the replicates. Only the first stage counts: later pairs exist for the suspicious cases alone.
 */
export function suiteEffect(cases: readonly CasePairs[]): Estimate | undefined {
  const firsts = cases.map(({ stages }) => (stages[0] ?? []).map(({ main }) => main)).filter((stage) => stage.length > 0)
  const pairs = Math.min(...firsts.map((stage) => stage.length))
  if (firsts.length === 0 || pairs < 2) return undefined
  const means = Array.from({ length: pairs }, (_, pair) => firsts.reduce((sum, stage) => sum + (stage[pair] ?? 0), 0) / firsts.length)
  const { theta, low, high } = effectOf(means)
  return { point: percent(theta), low: percent(low), high: percent(high), confidence: 0.95 }
}

function percent(logarithm: number): number {
  return Math.expm1(logarithm) * 100
}

import type { Evidence } from './evidence.ts'

export type PairVerdict = 'regressed' | 'improved' | 'unchanged' | 'inconclusive'

/** Which directions the suite's error budget allows to be called. */
export interface Calls {
  readonly worse: boolean
  readonly better: boolean
}

/**
 * The verdict of one figure from all its pairs. Calling a change needs three things: a p value within the budget, an estimate above the
 * least effect, and fresh pairs that point the same way.
 */
export function pairVerdict(evidence: Evidence, calls: Calls): PairVerdict {
  const { effect, fresh = 0, threshold, least } = evidence
  if (calls.worse && effect.theta > least && fresh > least / 2) return 'regressed'
  if (calls.better && effect.theta < -least && fresh < -least / 2) return 'improved'
  return effect.high < threshold ? 'unchanged' : 'inconclusive'
}

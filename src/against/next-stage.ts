import type { CaseDecision } from './decide.ts'
import type { CasePairs } from './evidence.ts'
import { firstStage } from './first-stage.ts'
import { firstStagePairs, mostPairs, secondStagePairs } from './rule.ts'

export interface NextStageOptions {
  /** Most pairs of one case, in all stages. @default 48 */
  readonly most_pairs?: number
  /** Pairs that were run for it, those too that were left out or gave no figure. @default those in its stages */
  readonly tried?: number
}

/**
 * How many fresh pairs the case gets next; 0 where it is settled, or where what is left would not settle it, or where a whole stage gave no figure.
 * `decision` is that of `decide` after the stages so far, and is needed from the second stage on.
 */
export function nextStage(pairs: CasePairs, decision?: CaseDecision, { most_pairs = mostPairs, tried }: NextStageOptions = {}): number {
  const { stages } = pairs
  const left = Math.max(0, most_pairs - (tried ?? stages.reduce((sum, stage) => sum + stage.length, 0)))
  if (stages.length === 0) return Math.min(left, firstStagePairs)
  if (stages.at(-1)?.length === 0) return 0
  if (stages.length === 1) return firstStage(pairs).next === 'settled' ? 0 : Math.min(left, secondStagePairs)
  const wanted = decision?.further_pairs ?? 0
  return wanted <= 2 * left ? Math.min(left, wanted) : 0
}

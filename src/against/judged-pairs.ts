import { removeDisturbed, type RemovedPair } from './covariate-removal.ts'
import type { CasePairs } from './evidence.ts'
import type { CaseRecord } from './pair-book.ts'
import { pairedDifference } from './paired-difference.ts'
import type { ProcessPair } from './process-summary.ts'

/** The pairs of a case that are judged, and those that the machine disturbed. */
export interface JudgedPairs {
  readonly pairs: CasePairs
  readonly kept: readonly ProcessPair[]
  readonly removed: readonly RemovedPair[]
}

export function judgedPairs({ id, stages, heads }: CaseRecord, threshold_percent: number): JudgedPairs {
  const { kept, removed } = removeDisturbed(stages.flat())
  const stays = new Set(kept)
  return {
    pairs: {
      id,
      threshold_percent: heads[0]?.regression_threshold_percent ?? threshold_percent,
      stages: Array.from(stages, (stage = []) => stage.filter((pair) => stays.has(pair)).map(pairedDifference)),
    },
    kept,
    removed,
  }
}

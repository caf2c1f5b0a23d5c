import { removeDisturbed, type RemovedPair } from './covariate-removal.ts'
import type { CasePairs } from './evidence.ts'
import { pairedDifference } from './paired-difference.ts'
import type { ProcessPair } from './process-summary.ts'

export interface PreparedCase {
  /** What the rule judges. */
  readonly pairs: CasePairs
  /** All processes that measured it, by stage. */
  readonly measured: readonly (readonly ProcessPair[])[]
  /** Those that are judged. */
  readonly kept: readonly ProcessPair[]
  readonly removed: readonly RemovedPair[]
}

/**
 * The stages of a case as the rule takes them. Disturbed pairs are left out stage by stage, so that what a stage decided stays decided when the
 * next one comes.
 */
export function preparedCase(id: string, threshold_percent: number, stages: readonly (readonly ProcessPair[])[]): PreparedCase {
  const removals = stages.map(removeDisturbed)
  let before = 0
  const removed = removals.flatMap((one, stage) => {
    const offset = before
    before += stages[stage]?.length ?? 0
    return one.removed.map((each) => ({ ...each, pair: each.pair + offset }))
  })
  return {
    pairs: { id, threshold_percent, stages: removals.map(({ kept }) => kept.map(pairedDifference)) },
    measured: stages,
    kept: removals.flatMap(({ kept }) => kept),
    removed,
  }
}

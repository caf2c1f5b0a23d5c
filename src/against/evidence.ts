import { effectOf, type Effect } from './effect.ts'
import type { PairedDifference } from './paired-difference.ts'
import { guardNames, guards, leastShare, type Guard } from './rule.ts'

export type Figure = 'main' | Guard
export const figures: readonly Figure[] = ['main', ...guardNames]

/** The pairs of one case, by stage: 8, then 16 fresh ones where the first did not settle it, then as many as were asked for. */
export interface CasePairs {
  readonly id: string
  /** Change that counts, in percent. */
  readonly threshold_percent: number
  readonly stages: readonly (readonly PairedDifference[])[]
}

/** One figure of one case, seen through all pairs so far. */
export interface Evidence {
  readonly effect: Effect
  /** Estimate from the pairs after the first stage alone: what the first stage saw must be seen again. */
  readonly fresh?: number
  /** ln(1 + X), and the least effect that is ever called one. */
  readonly threshold: number
  readonly least: number
}

export function evidenceOf(pairs: CasePairs, figure: Figure): Evidence | undefined {
  const percent = figure === 'main' ? pairs.threshold_percent : Math.max(pairs.threshold_percent, guards[figure].least_percent)
  const [first = [], ...later] = pairs.stages.map((stage) => stage.flatMap((pair) => valueOf(pair, figure) ?? []))
  const fresh = later.flat()
  const all = [...first, ...fresh]
  if (all.length === 0) return undefined
  return {
    effect: effectOf(all),
    ...(fresh.length > 0 ? { fresh: effectOf(fresh).theta } : {}),
    threshold: Math.log1p(percent / 100),
    least: Math.log1p((leastShare * percent) / 100),
  }
}

function valueOf(pair: PairedDifference, figure: Figure): number | undefined {
  return figure === 'main' ? pair.main : pair.guards[figure]
}

import { median } from 'simple-statistics'
import { finding, type Finding } from '../model/finding.ts'
import type { Comparison } from '../model/run.ts'
import { largeStep, toPercent } from './prediction.ts'

/** Fewer cases than this have no common movement that could be told from their own. */
const casesNeeded = 10

export interface TimeComparison {
  readonly id: string
  readonly comparison: Comparison
}

/**
 * What all times of a suite moved by together is mostly the machine (STATISTICS.md §4). A change is only called where it is one
 * with and without that common part; otherwise the verdict is left open and the shift is named. A common step of 20 % or more is no
 * weather: it is judged as it stands.
 */
export function judgeShift(times: readonly TimeComparison[]): { readonly shift?: Finding; readonly reopened: ReadonlySet<string> } {
  const effects = times.flatMap(({ comparison }) => comparison.effect_percent ?? []).map((percent) => Math.log1p(percent / 100))
  if (effects.length < casesNeeded) return { reopened: new Set() }
  const common = median(effects)
  const shift = finding('suite_moved', { cases: effects.length, change_percent: toPercent(common) })
  const threshold = Math.log1p(Math.min(...times.map(({ comparison }) => comparison.threshold_percent)) / 100)
  const owed = Math.abs(common) >= largeStep ? [] : times.filter(({ comparison }) => owedToShift(comparison, common))
  const worthSaying = Math.abs(common) > threshold || owed.length > 0
  return { ...(worthSaying ? { shift } : {}), reopened: new Set(owed.map(({ id }) => id)) }
}

/** Times are better when lower: only a rise can be a regression, only a fall an improvement. */
function owedToShift({ verdict, effect_percent = 0, visible_percent = 0 }: Comparison, common: number): boolean {
  const own = Math.log1p(effect_percent / 100) - common
  const visible = Math.log1p(visible_percent / 100)
  return (verdict === 'regressed' && own < visible) || (verdict === 'improved' && own > -visible)
}

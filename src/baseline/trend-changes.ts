import { medianSorted } from 'simple-statistics'
import { changePoints } from '../stats/change-points.ts'
import { eDivisive } from '../stats/e-divisive.ts'
import { winsorise } from '../stats/winsorise.ts'

/** Steps below this are no news (docs/statistics.md). */
const leastStep = Math.log1p(0.03)
/** So close have both methods to be. */
const agreement = 2
/** So many runs have to follow. */
const runsToConfirm = 5

export interface Step {
  /** First value of the new level. */
  readonly index: number
  /** Difference of the levels, as a logarithm. */
  readonly size: number
  readonly state: 'provisional' | 'confirmed'
}

/**
 * Where the level of the logarithms changes: PELT, in steps of 3 % or more, confirmed by E-divisive within two places. Both see winsorised
 * values, so that one wild run is no change.
 */
export function levelSteps(logs: readonly number[]): Step[] {
  const calm = winsorise(logs)
  const second = eDivisive(calm)
  // PELT takes ten times longer, and most histories have nothing to agree on.
  if (second.length === 0) return []
  const agreed = changePoints(calm).filter((at) => second.some((other) => Math.abs(other - at) <= agreement))
  const large = withoutSmall(calm, agreed)
  return large.map((index, place) => ({
    index,
    size: level(calm, index, large[place + 1]) - level(calm, large[place - 1] ?? 0, index),
    state: calm.length - 1 - index >= runsToConfirm ? 'confirmed' : 'provisional',
  }))
}

/** Drops the smallest step while it is below the least, so that the levels beside it are judged as one. */
function withoutSmall(values: readonly number[], changes: readonly number[]): readonly number[] {
  const sizes = changes.map((at, place) => Math.abs(level(values, at, changes[place + 1]) - level(values, changes[place - 1] ?? 0, at)))
  const smallest = Math.min(...sizes)
  if (changes.length === 0 || smallest >= leastStep) return changes
  const drop = sizes.indexOf(smallest)
  return withoutSmall(
    values,
    changes.filter((_, place) => place !== drop),
  )
}

/** Median of the values of a segment. */
export function level(values: readonly number[], from: number, to = values.length): number {
  return medianSorted(values.slice(from, to).sort((a, b) => a - b))
}

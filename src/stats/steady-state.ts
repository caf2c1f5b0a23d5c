import { medianSorted } from 'simple-statistics'
import type { SampledTimes } from '../model/measured.ts'
import { changePoints, differenceSigma } from './change-points.ts'

export interface SteadyState {
  readonly label: SampledTimes['steady_state']
  /** Level of the last segment against the others, percent; the largest where there are several. 0 where flat. */
  readonly change_percent: number
}

const fewest = 20
const groups = 40
/** Level changes below this do not count (Barrett et al. 2017 use a similar tolerance). */
const tolerance = 0.02

/**
 * Has the time per call settled? Change points (PELT) in the medians of 40 groups of neighbours, levels that differ by more
 * than 2 %: none is flat; one in the last half is no steady state; otherwise the last level is below the first (warm-up) or
 * above it (slow-down). E. Barrett et al., "Virtual machine warmup blows hot and cold", OOPSLA 2017.
 */
export function steadyState(values: readonly number[]): SteadyState {
  if (values.length < fewest) return { label: 'unknown', change_percent: 0 }
  const medians = groupMedians(values, groups)
  const sigma = differenceSigma(medians)
  const starts = [0, ...changePoints(medians, { sigma, minimumSegment: 3 })]
  const levels = starts.map((start, index) => sortedMedian(medians.slice(start, starts[index + 1])))
  const steps = levels.slice(1).map((level, index) => ({ at: starts[index + 1] ?? 0, change: level / (levels[index] ?? level) - 1 }))
  const real = steps.filter(({ change }) => Math.abs(change) > tolerance)
  if (real.length === 0) return { label: 'flat', change_percent: 0 }
  const largest = real.reduce((a, b) => (Math.abs(b.change) > Math.abs(a.change) ? b : a))
  if (real.some(({ at }) => at >= medians.length / 2)) return { label: 'no steady state', change_percent: 100 * largest.change }
  const change = (levels.at(-1) ?? 0) / (levels[0] ?? 1) - 1
  // A passing disturbance in the first half leaves the level as it was.
  if (Math.abs(change) <= tolerance) return { label: 'flat', change_percent: 0 }
  return { label: change < 0 ? 'warm-up' : 'slow-down', change_percent: 100 * change }
}

/** Medians of at most so many groups of neighbours, all of one size; the last one takes the rest. */
export function groupMedians(values: readonly number[], count: number): number[] {
  const size = Math.max(1, Math.floor(values.length / count))
  const whole = Math.floor(values.length / size)
  return Array.from({ length: whole }, (_, group) =>
    sortedMedian(values.slice(group * size, group === whole - 1 ? values.length : (group + 1) * size)),
  )
}

function sortedMedian(values: readonly number[]): number {
  return medianSorted([...values].sort((a, b) => a - b))
}

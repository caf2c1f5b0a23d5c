import { medianSorted } from 'simple-statistics'

const groupSize = 5
/** With fewer groups the variance of the rest says nothing, and a cut would only lose samples. */
const fewestGroups = 10

/**
 * How many leading values to cut as warm-up: MSER-5. In groups of five, the cut k that minimises the squared standard error
 * of the rest, var(y_k..) / (m - k), with k at most half. K. P. White, "An effective truncation heuristic for bias reduction
 * in simulation output", Simulation 69 (1997); groups of five: White, Cobb and Spratt (2000).
 *
 * They take the means of the groups, we take the medians: one pause, as of a garbage collection, is no warm-up, and with means all up to the last
 * pause of the first half would go, and the pauses with it.
 */
export function mserCut(values: readonly number[]): number {
  const groups = Math.floor(values.length / groupSize)
  if (groups < fewestGroups) return 0
  const medians = Array.from({ length: groups }, (_, group) =>
    medianSorted(values.slice(group * groupSize, (group + 1) * groupSize).sort((a, b) => a - b)),
  )
  // Backwards with Welford's update, so that every rest is looked at once and large offsets cancel nothing.
  let mean = 0
  let squares = 0
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let cut = groups - 1; cut >= 0; cut--) {
    const count = groups - cut
    const value = medians[cut] ?? 0
    const delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
    const error = squares / count ** 2
    if (cut <= groups / 2 && error <= least) {
      least = error
      best = cut
    }
  }
  return best * groupSize
}

import { medianSorted } from 'simple-statistics'

export interface ChangePointOptions {
  /** Cost of one more segment, in units of the noise variance. @default 4 ln n */
  readonly penalty?: number
  /** Shortest segment. @default 3 */
  readonly minimumSegment?: number
  /** Standard deviation of the noise. @default `differenceSigma` of the values */
  readonly sigma?: number
}

/**
 * Standard deviation of the noise that sits on a level with steps: median |x_(i+1) - x_i| / (0.6745 sqrt 2). Differences see
 * each step once only, and the median does not see it at all.
 */
export function differenceSigma(values: readonly number[]): number {
  if (values.length < 2) return 0
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)))
  return medianSorted(steps.sort((a, b) => a - b)) / (0.6745 * Math.SQRT2)
}

/**
 * Indices at which the mean level changes: the first value of each new segment. PELT with L2 cost, exact for its penalty.
 * R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear computational cost", JASA 107 (2012).
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): number[] {
  const n = values.length
  const minimum = Math.max(1, options.minimumSegment ?? 3)
  if (n < 2 * minimum) return []
  const sigma = options.sigma ?? differenceSigma(values)
  // With no noise at all any step counts; the floor keeps rounding errors from being steps.
  const scale = Math.max(sigma, 1e-9 * Math.max(...values.map(Math.abs)), Number.MIN_VALUE)
  const penalty = options.penalty ?? 4 * Math.log(n)
  const cost = segmentCost(values, scale)

  const best: number[] = [-penalty]
  const previous: number[] = [0]
  let candidates: number[] = [0]
  for (let end = 1; end <= n; end++) {
    let least = Number.POSITIVE_INFINITY
    let from = 0
    const costs = candidates.map((start) => (best[start] ?? Number.POSITIVE_INFINITY) + cost(start, end))
    for (const [index, start] of candidates.entries()) {
      const total = (costs[index] ?? Number.POSITIVE_INFINITY) + penalty
      if (end - start >= minimum && total < least) {
        least = total
        from = start
      }
    }
    best.push(least)
    previous.push(from)
    // A start that is worse now by more than a new segment costs stays worse for every later end.
    candidates = candidates.filter((start, index) => end - start < minimum || (costs[index] ?? 0) <= least)
    candidates.push(end)
  }
  const changes: number[] = []
  for (let end = previous[n] ?? 0; end > 0; end = previous[end] ?? 0) changes.push(end)
  return changes.reverse()
}

/** Squared deviations from the segment's mean over the noise variance, from running sums. */
function segmentCost(values: readonly number[], scale: number): (start: number, end: number) => number {
  const origin = values[0] ?? 0
  const sums = [0]
  const squares = [0]
  for (const [index, value] of values.entries()) {
    const z = (value - origin) / scale
    sums.push((sums[index] ?? 0) + z)
    squares.push((squares[index] ?? 0) + z * z)
  }
  return (start, end) => {
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0)
    return (squares[end] ?? 0) - (squares[start] ?? 0) - sum ** 2 / (end - start)
  }
}

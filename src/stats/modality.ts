import { interquartileRange, quantileSorted, standardDeviation } from 'simple-statistics'

export interface Modality {
  /** Sum of the absolute differences along the density over its maximum: 2 for one mode, 4 for two equal ones. */
  readonly m_value: number
  /** Positions of the modes, ascending. */
  readonly modes: readonly number[]
}

const bins = 256
/** A mode stands at least so high, as a share of the highest, */
const leastHeight = 0.1
/** and the valley before it lies at most so high, as a share of the lower of the two. */
const deepestValley = 0.7

/**
 * How many humps the samples have: the m-value that BenchmarkDotNet warns by (B. Gregg, "Frequency Trails: Modes and Modality",
 * 2012), taken on a smooth density instead of a histogram so that it does not depend on where bins begin. The outermost 1 % on
 * each side is left out. Gaussian kernel, bandwidth by Silverman's rule.
 */
export function modality(values: readonly number[]): Modality {
  const sorted = [...values].sort((a, b) => a - b)
  const from = quantileSorted(sorted, 0.01)
  const to = quantileSorted(sorted, 0.99)
  const inner = sorted.filter((value) => value >= from && value <= to)
  const bandwidth = 0.9 * spread(inner) * inner.length ** -0.2
  if (!(bandwidth > 0)) return { m_value: 2, modes: [from] }
  const low = from - 3 * bandwidth
  const width = (to - from + 6 * bandwidth) / bins
  const density = smooth(histogram(inner, low, width), bandwidth / width)
  const highest = Math.max(...density)
  const climb = density.reduce((sum, height, bin) => sum + Math.abs(height - (density[bin - 1] ?? 0)), density.at(-1) ?? 0)
  return { m_value: climb / highest, modes: peaks(density, highest).map((bin) => low + (bin + 0.5) * width) }
}

/** The smaller of two measures, since a second mode widens one of them. */
function spread(sorted: readonly number[]): number {
  const deviation = standardDeviation([...sorted])
  const quartiles = interquartileRange([...sorted]) / 1.34
  return quartiles > 0 ? Math.min(deviation, quartiles) : deviation
}

function histogram(values: readonly number[], low: number, width: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

function smooth(counts: readonly number[], sigma: number): number[] {
  return counts.map((_, at) =>
    counts.reduce((sum, count, bin) => (count ? sum + count * Math.exp(-0.5 * ((bin - at) / sigma) ** 2) : sum), 0),
  )
}

function peaks(density: readonly number[], highest: number): number[] {
  const found: number[] = []
  let valley = 0
  for (const [bin, height] of density.entries()) {
    valley = Math.min(valley, height)
    const isPeak = height > (density[bin - 1] ?? 0) && height >= (density[bin + 1] ?? 0) && height >= leastHeight * highest
    if (!isPeak) continue
    const last = found.at(-1)
    const before = last === undefined ? 0 : (density[last] ?? 0)
    if (last === undefined || valley <= deepestValley * Math.min(before, height)) found.push(bin)
    else if (height > before) found[found.length - 1] = bin
    if (found.at(-1) === bin) valley = height
  }
  return found
}

import { differenceSigma } from './change-points.ts'

/** Scales the median absolute deviation to a standard deviation of normal values. */
const madToSigma = 1.4826

/**
 * Values pulled in to the rolling median +- `limit` standard deviations of a centred window, told by its MAD: a lone spike no longer looks
 * like a level, while a step that lasts half a window stays where it is. At the ends the window is shorter. Hampel's identifier
 * (F. R. Hampel, JASA 69, 1974).
 */
export function winsorise(values: readonly number[], window = 7, limit = 3): number[] {
  const half = Math.floor(window / 2)
  // In seven values the MAD is small by chance now and then; plain noise must not be cut then.
  const floor = differenceSigma(values) / 2
  // Typed arrays sort numbers at once: a report does this for every run of every case.
  const all = Float64Array.from(values)
  return values.map((value, index) => {
    const near = all.slice(Math.max(0, index - half), index + half + 1).sort()
    const centre = middle(near)
    const deviation = middle(near.map((one) => Math.abs(one - centre)).sort())
    const reach = limit * Math.max(floor, madToSigma * deviation)
    return Math.min(centre + reach, Math.max(centre - reach, value))
  })
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}

import { medianSorted } from 'simple-statistics'
import { differenceSigma } from './change-points.ts'
import { robustSpread } from './robust-spread.ts'

/**
 * Values pulled in to the rolling median +- `limit` standard deviations of a centred window, told by its MAD: a lone spike no longer looks
 * like a level, while a step that lasts half a window stays where it is. At the ends the window is shorter. Hampel's identifier
 * (F. R. Hampel, JASA 69, 1974).
 */
export function winsorise(values: readonly number[], window = 7, limit = 3): number[] {
  const half = Math.floor(window / 2)
  // In seven values the MAD is small by chance now and then; plain noise must not be cut then.
  const floor = differenceSigma(values) / 2
  return values.map((value, index) => {
    const near = values.slice(Math.max(0, index - half), index + half + 1)
    const centre = medianSorted(near.toSorted((a, b) => a - b))
    const reach = limit * Math.max(floor, robustSpread(near))
    return Math.min(centre + reach, Math.max(centre - reach, value))
  })
}

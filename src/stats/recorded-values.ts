import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js'

/** A value and how often it was recorded. */
export interface Counted {
  readonly value: number
  readonly count: number
}

/** The recorded values of an HdrHistogram (V2, base64), ascending, in the unit it was recorded in. */
export function recordedValues(histogram: string): Counted[] {
  const decoded = decodeFromCompressedBase64(histogram)
  if (!(decoded instanceof JsHistogram)) return []
  const values: Counted[] = []
  // Its counts, not its iterator, which works out a value for each of thousands of empty buckets.
  let left = decoded.totalCount
  for (let index = 0; left > 0 && index < decoded.countsArrayLength; index++) {
    const count = decoded.getCountAtIndex(index)
    if (count === 0) continue
    values.push({ value: decoded.highestEquivalentValue(decoded.valueFromIndex(index)), count })
    left -= count
  }
  return values
}

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
  const recorded = decoded.recordedValuesIterator
  recorded.reset()
  while (recorded.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = recorded.next()
    values.push({ value: valueIteratedTo, count: countAtValueIteratedTo })
  }
  return values
}

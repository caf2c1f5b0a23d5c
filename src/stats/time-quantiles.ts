import type { Measurement } from '../model/measured.ts'
import { nanosecondsPerMillisecond, type Milliseconds } from '../model/units.ts'
import { recordedValues } from './recorded-values.ts'

/** Even shares from the shortest time to the longest: whole percents. */
const shares = 101

/** What of a measurement has its times. */
interface Timed {
  readonly type: Measurement['type']
  readonly ns_per_call?: readonly number[]
  readonly histogram?: string
}

/**
 * The times of a measurement at every whole percent, as the shortest value that so many are at or below; enough to draw how they lie, and small enough
 * to keep. `undefined` where it has fewer than two times, or none that can be read.
 */
export function timeQuantiles({ type, ns_per_call, histogram }: Timed): Milliseconds[] | undefined {
  if (type === 'samples' && ns_per_call) {
    const sorted = Float64Array.from(ns_per_call).sort()
    return sorted.length < 2 ? undefined : atShares((rank) => (sorted[rank] ?? Number.NaN) / nanosecondsPerMillisecond, sorted.length)
  }
  if (type !== 'load' || histogram === undefined) return undefined
  const recorded = decoded(histogram)
  const total = recorded.reduce((sum, { count }) => sum + count, 0)
  if (total < 2) return undefined
  let [place, passed] = [0, recorded[0]?.count ?? 0]
  // Ranks come in ascending order.
  const valueAt = (rank: number): number => {
    while (passed <= rank && place < recorded.length - 1) passed += recorded[++place]?.count ?? 0
    return (recorded[place]?.value ?? Number.NaN) / 1000
  }
  return atShares(valueAt, total)
}

/** A stored histogram that cannot be decoded costs a curve, and nothing else. */
function decoded(histogram: string): ReturnType<typeof recordedValues> {
  try {
    return recordedValues(histogram)
  } catch {
    return []
  }
}

function atShares(valueAt: (rank: number) => number, n: number): number[] {
  return Array.from({ length: shares }, (_, at) => {
    // An integer before it is divided: 0.07 * 100 is more than 7.
    const rank = Math.max(0, Math.ceil((at * n) / (shares - 1)) - 1)
    return Number(valueAt(rank).toPrecision(5))
  })
}

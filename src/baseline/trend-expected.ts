import { winsorise } from '../stats/winsorise.ts'
import { predict } from './prediction.ts'

/** With fewer runs at the same level nothing is expected of the next one. */
const fewest = 5
/** Older ones say little of today's noise. */
const remembered = 30
/** As for a change of level: less is no news. */
const leastAnomaly = Math.log1p(0.03)

export interface Expected {
  /** Centre and half width of the prediction interval, as logarithms. */
  readonly centre: number
  readonly half: number
  readonly anomalous: boolean
}

/**
 * What each run could be expected to be, from the runs before it since the last change of level: the prediction interval that stored
 * histories are judged by. `undefined` where too few came before. A run is remembered as no further out than its interval, so that an
 * anomaly does not hide the next one.
 */
export function expectations(logs: readonly number[], changes: readonly number[]): (Expected | undefined)[] {
  const starts = new Set(changes)
  let earlier: number[] = []
  return logs.map((log, index) => {
    if (starts.has(index)) earlier = []
    if (earlier.length < fewest) {
      earlier.push(log)
      if (earlier.length === fewest) earlier = winsorise(earlier)
      return undefined
    }
    const { effect, half, visible } = predict(earlier, log, leastAnomaly)
    const centre = log - effect
    earlier.push(Math.min(centre + half, Math.max(centre - half, log)))
    if (earlier.length > remembered) earlier.shift()
    return { centre, half, anomalous: Math.abs(effect) > visible }
  })
}

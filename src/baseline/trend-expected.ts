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
 * histories are judged by. `undefined` where too few came before. The runs before are winsorised, so that an anomaly does not hide the next.
 */
export function expectations(logs: readonly number[], changes: readonly number[]): (Expected | undefined)[] {
  return logs.map((log, index) => {
    const start = changes.findLast((at) => at <= index) ?? 0
    const earlier = winsorise(logs.slice(Math.max(start, index - remembered), index))
    if (earlier.length < fewest) return undefined
    const { effect, half, visible } = predict(earlier, log, leastAnomaly)
    return { centre: log - effect, half, anomalous: Math.abs(effect) > visible }
  })
}

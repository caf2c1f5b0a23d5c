import type { Estimate } from '../model/estimate.ts'
import { normalQuantile } from './normal-quantile.ts'
import { studentTQuantile } from './student-t.ts'

interface Probe {
  readonly rate: number
  readonly kept: boolean
}

/** The part of a search that goes up one step after each probe that kept the objective, and down one after each that did not. */
export interface Staircase {
  readonly probes: readonly Probe[]
  /** Ratio of neighbouring rates, above 1. */
  readonly step: number
}

/**
 * The rate that a probe keeps as often as not. Each turn of the staircase, from kept to not kept or back, brackets it once; the estimate is the
 * geometric mean of the turns. W. Dixon & A. Mood, "A method for obtaining and analyzing sensitivity data", JASA 43 (1948); G. Wetherill &
 * H. Levitt, "Sequential estimation of points on a psychometric function" (1965). The interval is Student's t on pairs of turns, and never
 * narrower than the step. `undefined` with fewer than two pairs.
 */
export function upAndDown({ probes, step }: Staircase, confidence = 0.95): Estimate | undefined {
  const turns: number[] = []
  for (let index = 1; index < probes.length; index++) {
    const before = probes[index - 1]
    const now = probes[index]
    if (before && now && before.kept !== now.kept) turns.push((Math.log(before.rate) + Math.log(now.rate)) / 2)
  }
  const pairs: number[] = []
  for (let index = 0; index + 1 < turns.length; index += 2) pairs.push(((turns[index] ?? 0) + (turns[index + 1] ?? 0)) / 2)
  if (pairs.length < 2) return undefined
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length
  const variance = pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pairs.length - 1)
  const spread = studentTQuantile((1 + confidence) / 2, pairs.length - 1) * Math.sqrt(variance / pairs.length)
  // Where in a step the truth lies is not known: uniform over it.
  const resolution = (normalQuantile((1 + confidence) / 2) * Math.log(step)) / Math.sqrt(12)
  const margin = Math.hypot(spread, resolution)
  return { point: Math.exp(mean), low: Math.exp(mean - margin), high: Math.exp(mean + margin), confidence }
}

import type { Estimate } from '../model/estimate.ts'
import { betaQuantile } from '../stats/incomplete-beta.ts'
import { seededRandom } from '../stats/random.ts'
import { decide } from './decide.ts'
import { effectOf, type Effect } from './effect.ts'
import { firstStage } from './first-stage.ts'
import type { PairedDifference } from './paired-difference.ts'
import { firstStagePairs, secondStagePairs } from './rule.ts'

export interface ControlOptions {
  readonly threshold_percent: number
  /** @default 1000 */
  readonly resamples?: number
  /** @default 1 */
  readonly seed?: number
}

export interface Control {
  /**
   * Percent of comparisons of the same code that this rule would have called slower on this machine, now, told by these pairs; the interval takes in how large a difference of
   * the two sides they leave open.
   */
  readonly false_alarms_percent: Estimate
  /** What the control itself shows, as a logarithm: a systematic difference of the two sides would be here. */
  readonly effect: Effect
  readonly pairs: number
}

/**
 * The achieved rate of false alarms: pairs of the control case, which is the same code on both sides, are drawn with replacement and put through
 * the whole rule, again and again. A bias of one side is not averaged away, so it shows as alarms. How large that bias is, a few pairs leave open: the
 * same draws with the bias at either end of the control's 95 % interval give the interval of the rate. `undefined` with fewer than 8 pairs.
 */
export function judgeControl(pairs: readonly PairedDifference[], options: ControlOptions): Control | undefined {
  if (pairs.length < firstStagePairs) return undefined
  const { resamples = 1000, threshold_percent } = options
  const effect = effectOf(pairs.map(({ main }) => main))
  const alarms = (bias: number): number => {
    const random = seededRandom(options.seed ?? 1)
    const draw = (count: number): PairedDifference[] =>
      Array.from({ length: count }, () => biased(pairs[Math.floor(random() * pairs.length)] ?? { main: 0, guards: {} }, bias))
    let count = 0
    for (let index = 0; index < resamples; index++) {
      const first = { id: 'control', threshold_percent, stages: [draw(firstStagePairs)] }
      if (firstStage(first).next === 'settled') continue
      const [decision] = decide([{ ...first, stages: [...first.stages, draw(secondStagePairs)] }])
      if (decision?.verdict === 'regressed') count++
    }
    return count
  }
  const ends = [alarms(effect.low - effect.theta), alarms(effect.high - effect.theta)] as const
  const false_alarms_percent = {
    point: (100 * alarms(0)) / resamples,
    low: share(Math.min(...ends), resamples).low,
    high: share(Math.max(...ends), resamples).high,
    confidence: 0.95,
  }
  return { false_alarms_percent, effect, pairs: pairs.length }
}

function biased(pair: PairedDifference, bias: number): PairedDifference {
  return { ...pair, main: pair.main + bias }
}

/** Exact interval of a share. C. J. Clopper and E. S. Pearson, Biometrika 26 (1934). */
function share(count: number, total: number): { readonly low: number; readonly high: number } {
  const low = count === 0 ? 0 : betaQuantile(0.025, count, total - count + 1)
  const high = count === total ? 1 : betaQuantile(0.975, count + 1, total - count)
  return { low: 100 * low, high: 100 * high }
}

import type { Estimate } from '../model/estimate.ts'
import { commonMovement, type CommonMovement } from './common-movement.ts'
import { judgeControl, type Control } from './control.ts'
import { decide, type CaseDecision } from './decide.ts'
import type { CasePairs } from './evidence.ts'
import type { PairedDifference } from './paired-difference.ts'
import { suiteEffect } from './suite-effect.ts'

export interface SuiteVerdict {
  readonly cases: readonly CaseDecision[]
  /** Geometric mean of head over base in percent. */
  readonly effect?: Estimate
  readonly moved_together?: CommonMovement & {
    /** `environment`: the control, whose code is the same on both sides, moved too, so no verdict stands. */
    readonly cause: 'environment' | 'unknown'
  }
  readonly control?: Control
}

export interface SuiteOptions {
  /** Pairs of the control case. */
  readonly control?: readonly PairedDifference[]
  /** For the control. @default 5 */
  readonly threshold_percent?: number
  readonly seed?: number
}

/** All that is said of one comparison: verdicts by case, and what they say together. */
export function suiteVerdict(pairs: readonly CasePairs[], options: SuiteOptions = {}): SuiteVerdict {
  const cases = decide(pairs)
  const effect = suiteEffect(pairs)
  const { threshold_percent = 5, seed = 1 } = options
  const control = options.control ? judgeControl(options.control, { threshold_percent, seed }) : undefined
  const movement = commonMovement(cases)
  const moved = movement && control !== undefined && movesAlong(control, movement)
  return {
    cases: moved ? cases.map(withhold) : cases,
    ...(effect ? { effect } : {}),
    ...(movement ? { moved_together: { ...movement, cause: moved ? ('environment' as const) : ('unknown' as const) } } : {}),
    ...(control ? { control } : {}),
  }
}

/** The control differs from 0, in the same direction, by at least half as much. */
function movesAlong({ effect }: Control, { percent }: CommonMovement): boolean {
  const sure = percent > 0 ? effect.low > 0 : effect.high < 0
  return sure && Math.abs(effect.theta) >= Math.abs(Math.log1p(percent / 100)) / 2
}

/** A verdict that the machine made is none. Guards count bytes, which no neighbour changes. */
function withhold(decision: CaseDecision): CaseDecision {
  const timed = decision.figure === 'main' || decision.figure === 'avg_time_ms'
  return timed && decision.verdict !== 'unchanged' ? { ...decision, verdict: 'inconclusive' } : decision
}

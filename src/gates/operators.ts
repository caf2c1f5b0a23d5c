import type { Operator } from '../model/benchmark-config.ts'
import { comparing } from '../model/operators.ts'
import type { GateOutcome } from '../model/run.ts'

type Decided = Exclude<GateOutcome, 'missing'>

/** What a single number says. */
export function decideByPoint(operator: Operator, actual: number, threshold: number): Decided {
  return comparing[operator].holds(actual, threshold) ? 'passed' : 'failed'
}

/** What an interval says: all of it holds, none of it holds, or the threshold lies inside and nothing is decided. */
export function decideByInterval(operator: Operator, low: number, high: number, threshold: number): Decided {
  const { holds } = comparing[operator]
  if (operator === 'Equal' && low < high) return low <= threshold && threshold <= high ? 'undecided' : 'failed'
  const [atLow, atHigh] = [holds(low, threshold), holds(high, threshold)]
  if (atLow !== atHigh) return 'undecided'
  return atLow ? 'passed' : 'failed'
}

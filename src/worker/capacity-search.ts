import { mostProbes } from '../model/declared.ts'
import type { CapacityProbe } from '../model/measured.ts'

export interface SearchPlan {
  readonly from: number
  readonly to: number
  /** Ratio of neighbouring rates of the staircase. */
  readonly step: number
  /** Pairs of turns of the staircase. */
  readonly repeats: number
}

/**
 * Finds two rates with the capacity between them, by doubling and then by halving their ratio; from there it goes one step up after each rate that
 * was kept and one down after each that was not, until it has turned often enough. Ends early where every rate up to `to` is kept, or none is.
 */
export async function searchCapacity(
  plan: SearchPlan,
  probe: (rate: number, part: CapacityProbe['part']) => Promise<boolean>,
  stopped: () => boolean,
): Promise<void> {
  const { from, to, step, repeats } = plan
  let left = mostProbes
  const keeps = (rate: number, part: CapacityProbe['part']): Promise<boolean> => {
    left -= 1
    return probe(rate, part)
  }
  // One bad moment at the start must not end the search.
  if (!(await keeps(from, 'bracket')) && !(await keeps(from, 'bracket'))) return
  let kept = from
  let refused = Number.POSITIVE_INFINITY
  while (refused === Number.POSITIVE_INFINITY && !stopped()) {
    if (kept >= to) return
    const next = Math.min(to, kept * 2)
    if (await keeps(next, 'bracket')) kept = next
    else refused = next
  }
  while (refused / kept > step * step && !stopped()) {
    const middle = Math.sqrt(kept * refused)
    if (await keeps(middle, 'bracket')) kept = middle
    else refused = middle
  }
  let rate = Math.sqrt(kept * refused)
  let before: boolean | undefined
  let turns = 0
  const goesOn = (): boolean => turns < 2 * repeats && left > 0 && !stopped()
  while (goesOn()) {
    const good = await keeps(rate, 'staircase')
    if (before !== undefined && before !== good) turns += 1
    before = good
    rate = good ? Math.min(to, rate * step) : rate / step
  }
}

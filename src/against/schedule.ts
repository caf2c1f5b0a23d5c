import { seededRandom } from '../stats/random.ts'

export interface PairPlan {
  /** Place of the pair in the whole comparison of its file, from 0. */
  readonly index: number
  readonly first: 'base' | 'head'
  /** Base stands where head usually does. */
  readonly swapped: boolean
}

/**
 * Who goes first, and who stands where. ABBA takes out any drift that is a straight line; places alternate. Together the four combinations come
 * once in each four pairs, so neither is mixed up with the other. The seed decides how the pattern begins.
 */
export function pairPlan(seed: number, index: number): PairPlan {
  const random = seededRandom(seed)
  const [turned, moved] = [random() < 0.5, random() < 0.5]
  const second = index % 4 === 1 || index % 4 === 2
  return { index, first: second === turned ? 'base' : 'head', swapped: (index % 2 === 1) !== moved }
}

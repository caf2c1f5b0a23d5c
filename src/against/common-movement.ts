import { medianSorted } from 'simple-statistics'
import type { CaseDecision } from './decide.ts'
import { standardError } from './effect.ts'

/** Cases that move together, and by how much in the middle. */
export interface CommonMovement {
  readonly percent: number
  /** Of the cases, in percent. */
  readonly share_percent: number
  readonly cases: number
}

/** Fewer cases than this have no common movement that could be told from their own. */
const fewest = 8
const nearlyAll = 0.9
/** A movement below this is no news. */
const leastMovement = Math.log1p(0.02)

/**
 * "The environment changed": nearly all cases move in one direction, by amounts that agree within their own errors or within half of the movement.
 * It may also be one change that all of them run through; the control case, which runs no code of the project, tells which.
 */
export function commonMovement(decisions: readonly CaseDecision[]): CommonMovement | undefined {
  if (decisions.length < fewest) return undefined
  const thetas = decisions.map(({ main }) => main.effect.theta)
  const centre = medianSorted(thetas.toSorted((a, b) => a - b))
  if (Math.abs(centre) < leastMovement) return undefined
  const along = decisions.filter(({ main: { effect } }) => {
    const tolerance = Math.max(Math.abs(centre) / 2, 2 * standardError(effect))
    return Math.sign(effect.theta) === Math.sign(centre) && Math.abs(effect.theta - centre) <= tolerance
  })
  const share = along.length / decisions.length
  return share < nearlyAll ? undefined : { percent: Math.expm1(centre) * 100, share_percent: 100 * share, cases: decisions.length }
}

import { evidenceOf, figures, type CasePairs, type Evidence, type Figure } from './evidence.ts'

/** A guard asks for more pairs only on a first sign; without one it would send every noisy case into the second stage. */
const firstSign = 0.05

export type FirstStage = { readonly next: 'settled' } | { readonly next: 'go on'; readonly because: readonly Figure[] }

/**
 * After the first stage: is the case settled as unchanged, or does it need the second? Nothing is ever called slower or faster here.
 */
export function firstStage(pairs: CasePairs): FirstStage {
  const because = figures.filter((figure) => {
    const evidence = evidenceOf(pairs, figure)
    return figure === 'main' ? !evidence || !isPass(evidence) : evidence !== undefined && isSuspicious(evidence)
  })
  return because.length === 0 ? { next: 'settled' } : { next: 'go on', because }
}

/** Sure to be below the threshold, and not even an estimate that looks like a change, in either direction. */
function isPass({ effect, threshold, least }: Evidence): boolean {
  return effect.high < threshold && Math.abs(effect.theta) < least
}

function isSuspicious({ effect, least }: Evidence): boolean {
  return effect.p_worse <= firstSign && effect.theta > least
}

import { markOrder } from './sentences.ts'
import type { CaseView } from './view-case.ts'

const ranks = new Map<string, number>(markOrder.map((key, at) => [key, at]))

/** Where a mark stands among all: 0 is the worst. */
export const rankOf = ({ key }: CaseView['mark']): number => ranks.get(key) ?? 0

/** By mark, then by the size of the change, so that a list may be cut at its end. What did not change stays in the order of the run. */
export function worstFirst(cases: readonly CaseView[]): CaseView[] {
  return cases.toSorted((a, b) => rankOf(a.mark) - rankOf(b.mark) || sizeOf(b) - sizeOf(a))
}

function sizeOf({ change }: CaseView): number {
  return change?.effect && change.mark.key !== 'unchanged' ? Math.abs(change.effect.point) : 0
}

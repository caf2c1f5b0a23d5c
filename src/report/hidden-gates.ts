import { integer } from './format.ts'
import type { GateView } from './view-gates.ts'

/** What a cut list of gates leaves out, by outcome: `4 more failed, 6 more passed`. */
export function hiddenGates(hidden: readonly GateView[]): string {
  const byWord = Map.groupBy(hidden, ({ mark }) => mark.word)
  return [...byWord].map(([word, gates]) => `${integer(gates.length)} more ${word}`).join(', ')
}

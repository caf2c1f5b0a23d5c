import type { FindingCode, FindingFacts } from '../model/finding.ts'

/** What was seen, what it means, and what to do about it. */
export interface Sentence {
  readonly seen: string
  readonly means: string
  readonly todo: string
  /** False where nobody has to do anything: it stands with its case, and is no recommendation. */
  readonly acts: boolean
}

/** `wrong`: the number may mislead. `weak`: it is right and says less than it could. `note`: good to know. */
export type Weight = 'wrong' | 'weak' | 'note'

export interface Entry<Facts> {
  readonly weight: Weight | ((facts: Facts) => Weight)
  /** Larger is worse. Of several cases with one remedy, the figures of the worst are told. */
  readonly size?: (facts: Facts) => number
  readonly say: (facts: Facts) => Sentence
}

/** A part of the catalogue; finding-sentences.ts puts the parts together and proves that none is missing. */
export type Entries = { readonly [C in FindingCode]?: Entry<FindingFacts[C]> }

export const say = (seen: string, means: string, todo: string): Sentence => ({ seen, means, todo, acts: true })

/** For what is good to know and asks for nothing. */
export const tell = (seen: string, means: string, todo: string): Sentence => ({ seen, means, todo, acts: false })

import type { Finding, FindingCode, FindingFacts } from '../model/finding.ts'
import type { Entry, Sentence, Weight } from './sentence.ts'
import { history } from './sentences-history.ts'
import { judging } from './sentences-judging.ts'
import { load } from './sentences-load.ts'
import { measuring } from './sentences-measuring.ts'

/** One entry a code: a new finding without words does not build. */
const catalogue: { readonly [C in FindingCode]: Entry<FindingFacts[C]> } = { ...measuring, ...load, ...judging, ...history }

/** The words for a finding. */
export function sentenceOf<C extends FindingCode>(finding: Extract<Finding, { code: C }>): Sentence {
  const entry: Entry<FindingFacts[C]> = catalogue[finding.code]
  return entry.say(finding.facts as FindingFacts[C])
}

export function weightOf<C extends FindingCode>(finding: Extract<Finding, { code: C }>): Weight {
  const { weight }: Entry<FindingFacts[C]> = catalogue[finding.code]
  return typeof weight === 'function' ? weight(finding.facts as FindingFacts[C]) : weight
}

/** How bad it is among findings of its code; 0 where they have no order. */
export function sizeOf<C extends FindingCode>(finding: Extract<Finding, { code: C }>): number {
  const { size }: Entry<FindingFacts[C]> = catalogue[finding.code]
  return size ? size(finding.facts as FindingFacts[C]) : 0
}

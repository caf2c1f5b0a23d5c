import type { Waiver } from '../model/benchmark-config.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import { finding, type Finding } from '../model/finding.ts'
import { idMatcher } from '../model/id-pattern.ts'
import type { Compared, ComparedRun, Comparison } from '../model/run.ts'
import type { EpochMilliseconds } from '../model/units.ts'
import { visibleText } from './visible-text.ts'

const dayMs = 86_400_000

/** A waiver holds until the end of its day, wherever one is: until no clock on earth shows that day any more (UTC-12). */
function isExpired({ until }: Waiver, at: EpochMilliseconds): boolean {
  return at >= Date.parse(`${until}T00:00:00-12:00`) + dayMs
}

export interface WaiverCircumstances {
  readonly started_at: EpochMilliseconds
  /** Cases were left out on purpose, so a waiver without a case is no mistake. */
  readonly partial: boolean
}

/** Writes the waivers into the comparisons that they are about. What they waive stays what it is: regressed, or missing. */
export function waive(compared: ComparedRun, waivers: readonly Waiver[], { started_at, partial }: WaiverCircumstances): ComparedRun {
  if (waivers.length === 0) return compared
  const known = waivers.map((waiver) => ({ waiver, matches: idMatcher(waiver.case), expired: isExpired(waiver, started_at) }))
  const waived = (id: string, comparison: Comparison): Comparison => {
    if (comparison.verdict !== 'regressed' && comparison.verdict !== 'missing') return comparison
    const about = known.filter(({ matches }) => matches(id))
    // One that holds outweighs those that are over.
    const one = about.find(({ expired }) => !expired) ?? about[0]
    return one ? { ...comparison, findings: [...comparison.findings, noted(one.waiver, one.expired)] } : comparison
  }
  const ids = [...compared.cases.map(({ identity }) => identity.id), ...compared.missing.map(({ id }) => id)]
  return {
    ...compared,
    cases: compared.cases.map((one): Compared => (one.comparison ? { ...one, comparison: waived(one.identity.id, one.comparison) } : one)),
    missing: compared.missing.map((one) => ({ ...one, comparison: waived(one.id, one.comparison) })),
    findings: [
      ...compared.findings,
      ...known.flatMap(({ waiver, matches }) => (partial || ids.some(matches) ? [] : [withoutCase(waiver, ids)])),
    ],
  }
}

function noted({ until, reason }: Waiver, expired: boolean): Finding {
  return finding(expired ? 'waiver_expired' : 'regression_waived', { until, reason })
}

function withoutCase(waiver: Waiver, ids: readonly string[]): Finding {
  const guess = didYouMean(waiver.case, ids)
  return finding('waiver_without_case', { case: waiver.case, ...(guess === undefined ? {} : { did_you_mean: guess }) })
}

/** What a waiver adds to a sentence about its regression, and whether the sentence still fails the run. */
export function waiverOf(comparison: Comparison): { readonly waived: boolean; readonly words: string } {
  for (const one of comparison.findings) {
    if (one.code === 'regression_waived')
      return { waived: true, words: ` Waived until ${one.facts.until}: ${visibleText(one.facts.reason, 200)}` }
    if (one.code === 'waiver_expired') return { waived: false, words: ` Its waiver ended with ${one.facts.until}.` }
  }
  return { waived: false, words: '' }
}

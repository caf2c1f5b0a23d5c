import type { Run } from '../model/run.ts'
import type { CaseView, FindingView } from './view-case.ts'
import { sentenceOf, weightOf } from './sentences.ts'

/** One thing to know or do, with every case that it was seen in. */
export interface Recommendation extends FindingView {
  /** Empty for a finding of the whole run. */
  readonly cases: readonly { readonly id: string; readonly name: string }[]
}

const weights = ['wrong', 'weak', 'note'] as const

// What asks for nothing stands with its case, and in the facts of the run.
const asks = ({ todo }: Recommendation): boolean => !todo.startsWith('Nothing to do')

/** Findings of the run and of all cases: those of one kind and one remedy stand together, what misleads most comes first. */
export function recommendationsOf(run: Run, cases: readonly CaseView[]): Recommendation[] {
  const ofRun = run.findings.map((finding) => ({ ...sentenceOf(finding), code: finding.code, weight: weightOf(finding.code), cases: [] }))
  const found = cases.flatMap(({ id, name, findings }) => findings.map((finding) => ({ ...finding, cases: [{ id, name }] })))
  const together = Map.groupBy<string, Recommendation>([...ofRun, ...found].filter(asks), ({ code, todo }) => `${code} ${todo}`)
  return [...together.values()]
    .flatMap(([first, ...more]) => (first ? [{ ...first, cases: unique([first, ...more]) }] : []))
    .sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight) || b.cases.length - a.cases.length)
}

function unique(all: readonly Recommendation[]): Recommendation['cases'] {
  return [...new Map(all.flatMap(({ cases }) => cases).map((one) => [one.id, one])).values()]
}

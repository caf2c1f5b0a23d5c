import type { Run } from '../model/run.ts'
import type { Recommendation } from './recommendation.ts'
import type { CaseView } from './view-case.ts'
import { sentenceOf, sizeOf, weightOf } from './sentences.ts'
import { adviceOn } from './verdict-advice.ts'

const weights = ['wrong', 'weak', 'note'] as const

/** What failed the run comes first, then findings of the run and of all cases: those of one kind and one remedy stand together, what misleads most comes first. */
export function recommendationsOf(run: Run, cases: readonly CaseView[]): Recommendation[] {
  const ofRun = run.findings.map((finding) => ({ ...sentenceOf(finding), code: finding.code, weight: weightOf(finding), size: sizeOf(finding), cases: [] }))
  const found = cases.flatMap(({ id, name, findings }) => findings.map((finding) => ({ ...finding, cases: [{ id, name }] })))
  const findings = joined([...ofRun, ...found].filter(({ acts }) => acts))
  return [
    ...joined(adviceOn(run, cases)),
    ...findings.sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight) || b.cases.length - a.cases.length),
  ]
} // prettier-ignore

function joined(all: readonly Recommendation[]): Recommendation[] {
  const together = Map.groupBy(all, ({ code, todo }) => `${code} ${todo}`)
  return [...together.values()].flatMap((some) => {
    const sorted = some.toSorted((a, b) => b.size - a.size)
    const [worst] = sorted
    return worst ? [{ ...worst, seen: seenIn(worst, sorted), cases: unique(sorted) }] : []
  })
}

/** One sentence for several says whose figures it has. */
function seenIn({ seen, size, cases: [of] }: Recommendation, all: readonly Recommendation[]): string {
  if (new Set(all.map((one) => one.seen)).size === 1) return seen
  if (!of) return `${seen} And ${all.length - 1} more like this.`
  const which = size > (all.at(-1)?.size ?? size) ? `the worst of ${all.length}` : `one of ${all.length}`
  return `${seen} This is ${of.name}, ${which}.`
}

function unique(all: readonly Recommendation[]): Recommendation['cases'] {
  return [...new Map(all.flatMap(({ cases }) => cases).map((one) => [one.id, one])).values()]
}

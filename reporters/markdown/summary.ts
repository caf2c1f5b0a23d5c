import { hiddenGates } from '../../src/report/hidden-gates.ts'
import type { View } from '../../src/report/view.ts'
import type { ChangeView } from '../../src/report/view-case.ts'
import { rankOf } from '../../src/report/worst-first.ts'

/** Rows of the table that are open; the others are one click away. */
const openRows = 20
const mostSteps = 10
const mostRecommendations = 12

/** What the template is given: the view, with every list cut to `most` lines, the worst kept, and in `left` how many of each are not there. */
export function summaryOf(view: View, most: number): Record<string, unknown> {
  const present = view.gates.filter(({ absent }) => !absent)
  const attention = present.filter(({ mark, message, place }) => mark.key !== 'passed' && (message || place))
  const rows = view.cases.slice(0, most)
  const failures = failuresOf(view, most)
  const changes = changesOf(view)
  const steps = view.trend?.steps ?? []
  const recommendations = view.recommendations.slice(0, Math.min(most, mostRecommendations))
  const folded = rows.length > openRows + 5 ? openRows : rows.length
  return {
    ...view,
    verdict: { ...view.verdict, reasons: view.verdict.reasons.slice(0, most) },
    errors: view.errors.slice(0, most),
    failures,
    gates: present.slice(0, most),
    gateMessages: attention.slice(0, most).map((gate) => (gate.message ? gate : { ...gate, message: gate.place, place: '' })),
    slo: { ...view.slo, misses: view.slo.misses.slice(0, most) },
    changes: changes.slice(0, most),
    steps: steps.slice(0, Math.min(most, mostSteps)),
    runs: view.trend?.runs.length ?? 0,
    versions: view.trend?.versions ?? [],
    of: view.trend?.of ?? 'times',
    rows: rows.slice(0, folded),
    more: rows.slice(folded),
    hidden: Math.max(0, view.cases.length - most),
    recommendations: recommendations.map((one) => ({ ...one, where: whereOf(one.cases) })),
    left: {
      reasons: beyond(view.verdict.reasons.length, most),
      errors: beyond(view.errors.length, most),
      failures: beyond(view.cases.filter(({ errors }) => errors.length).length, most),
      gates: hiddenGates(present.slice(most)),
      misses: beyond(view.slo.misses.length, most),
      changes: beyond(changes.length, most),
      steps: beyond(steps.length, Math.min(most, mostSteps)),
      recommendations: beyond(view.recommendations.length, recommendations.length),
    },
  }
}

/** How many a list of so many leaves out. */
const beyond = (length: number, shown: number): number => Math.max(0, length - shown)

// The first error of a case with the start of its story: the last output of the server is there.
function failuresOf({ cases }: View, most: number): Record<string, unknown>[] {
  const failures = cases.filter(({ errors }) => errors.length).slice(0, most)
  return failures.map(({ name, place, errors }) => ({
    name,
    place,
    errors: errors.slice(0, 1).map(({ message, lines }) => ({ message, lines: lines.slice(0, Math.min(most, 12)) })),
  }))
}

function changesOf({ cases, missing }: View): (ChangeView & { readonly name: string })[] {
  const told = cases.flatMap(({ name, change }) =>
    change && change.mark.key !== 'unchanged' && change.mark.key !== 'new' ? [{ name, ...change }] : [],
  )
  const rows = [...told, ...missing.map(({ id, change }) => ({ name: id, ...change }))]
  return rows.toSorted((a, b) => rankOf(a.mark) - rankOf(b.mark))
}

const whereOf = (cases: readonly { readonly name: string }[]): string => {
  const names = cases.slice(0, 3).map(({ name }) => name)
  return cases.length > 3 ? `${names.join(', ')} and ${cases.length - 3} more` : names.join(', ')
}

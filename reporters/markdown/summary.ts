import type { View } from '../../src/report/view.ts'

/** Rows of the table that are open; the others are one click away. */
const openRows = 20

/** What the template is given: the view, with every list cut to `most` lines, the worst kept. */
export function summaryOf(view: View, most: number): Record<string, unknown> {
  const present = view.gates.filter(({ absent }) => !absent)
  const attention = present.filter(({ mark, message, place }) => mark.key !== 'passed' && (message || place))
  const rows = view.cases.slice(0, most)
  const folded = rows.length > openRows + 5 ? openRows : rows.length
  return {
    ...view,
    verdict: { ...view.verdict, reasons: view.verdict.reasons.slice(0, most) },
    errors: view.errors.slice(0, most),
    failures: failuresOf(view, most),
    gates: present.slice(0, most),
    gateMessages: attention.slice(0, most).map((gate) => (gate.message ? gate : { ...gate, message: gate.place, place: '' })),
    slo: { ...view.slo, misses: view.slo.misses.slice(0, most) },
    changes: changesOf(view).slice(0, most),
    steps: view.trend?.steps.slice(0, Math.min(most, 10)) ?? [],
    runs: view.trend?.runs.length ?? 0,
    rows: rows.slice(0, folded),
    more: rows.slice(folded),
    hidden: Math.max(0, view.cases.length - most),
    recommendations: view.recommendations.slice(0, Math.min(most, 12)).map((one) => ({ ...one, where: whereOf(one.cases) })),
  }
}

// The first error of a case with the start of its story: the last output of the server is there.
function failuresOf({ cases }: View, most: number): Record<string, unknown>[] {
  const failures = cases.filter(({ errors }) => errors.length).slice(0, most)
  return failures.map(({ name, place, errors }) => ({
    name,
    place,
    errors: errors.slice(0, 1).map(({ message, lines }) => ({ message, lines: lines.slice(0, Math.min(most, 12)) })),
  }))
}

function changesOf({ cases, missing }: View): Record<string, unknown>[] {
  const told = cases.filter(({ change }) => change !== null && change.mark.key !== 'unchanged' && change.mark.key !== 'new')
  return [...told.map(({ name, change }) => ({ name, ...change })), ...missing.map(({ id, change }) => ({ name: id, ...change }))]
}

const whereOf = (cases: readonly { readonly name: string }[]): string => {
  const names = cases.slice(0, 3).map(({ name }) => name)
  return cases.length > 3 ? `${names.join(', ')} and ${cases.length - 3} more` : names.join(', ')
}

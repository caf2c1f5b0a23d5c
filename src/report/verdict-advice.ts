import type { Compared, JudgedGate, Run } from '../model/run.ts'
import { comparisonFails, gateFails } from './failing.ts'
import { quantity } from './format.ts'
import { splitMetric, unitOf } from './metric-text.ts'
import { plain } from './plain-text.ts'
import type { Recommendation } from './recommendation.ts'
import { operatorSigns } from './sentences.ts'
import type { CaseView } from './view-case.ts'

/** What to do about gates, regressions and missing cases that failed the run. */
export function adviceOn(run: Run, cases: readonly CaseView[]): Recommendation[] {
  const viewsById = new Map(cases.map((view) => [view.id, view]))
  const shown = new Map(run.cases.map((one) => [one.identity.id, { one, view: viewsById.get(one.identity.id) }]))
  const slower = [...shown.values()].flatMap(({ one: { comparison }, view }) =>
    view && comparison?.verdict === 'regressed' && comparisonFails(comparison, run) ? [view] : [],
  )
  const told = new Set(slower.map(({ id }) => id))
  // A gate on a case that became slower has the same remedy, and is told with it.
  const gates = run.gates.filter((gate) => gateFails(gate, run) && !told.has(splitMetric(gate.metric).id))
  const advice = [...slower.flatMap((view) => onRegression(view, run)), ...onMissing(run), ...gates.flatMap((gate) => onGate(gate, shown))]
  // What a run that ended early, or a file that does not load, has not measured is no fault of case or gate.
  const { exit_reason } = run.verdict
  const whole = exit_reason !== 'interrupted' && exit_reason !== 'infrastructure'
  return whole ? advice : advice.filter(({ code }) => code === 'regression' || code === 'gate_not_met')
}

type Shown = ReadonlyMap<string, { readonly one: Compared; readonly view: CaseView | undefined }>

const failure = { weight: 'wrong', acts: true, size: 0 } as const
const caseOf = ({ id, name }: CaseView): { id: string; name: string } => ({ id, name })

function onRegression(view: CaseView, { against }: Run): Recommendation[] {
  const { change } = view
  if (!change) return []
  return [
    {
      ...failure,
      code: 'regression',
      size: Math.abs(change.effect?.point ?? 0),
      seen: `${change.metric} went from ${change.base} to ${change.head}: ${[change.signed, change.interval].filter(Boolean).join(' ')}.`,
      means: `That is more than the ${change.threshold} that is allowed against ${change.against}.`,
      todo: against
        ? 'Look for the cause in what changed between the two versions.'
        : 'Find the change with vitest-perf against the last good version, or take the new level with vitest-perf baseline accept.',
      cases: [caseOf(view)],
    },
  ]
}

function onMissing(run: Run): Recommendation[] {
  const here = run.cases.flatMap(({ identity: { id }, comparison }) => (comparison ? [{ id, comparison }] : []))
  const gone = [...here, ...run.missing].filter(({ comparison }) => comparison.verdict === 'missing' && comparisonFails(comparison, run))
  const [first] = gone
  if (!first) return []
  const more = gone.length > 1 ? ` and ${gone.length - 1} more` : ''
  return [
    {
      ...failure,
      code: 'missing_case',
      seen: `${plain(first.id, 60)}${more} ${more ? 'have values' : 'has a value'} in ${plain(first.comparison.against)} and none in this run.`,
      means: 'Nobody can see whether it became slower.',
      todo: 'Bring back what is missing, or drop it by its name with vitest-perf baseline accept.',
      cases: [],
    },
  ]
}

function onGate(gate: JudgedGate, shown: Shown): Recommendation[] {
  const { id, metric } = splitMetric(gate.metric)
  const { one, view } = shown.get(id) ?? {}
  const cases = view ? [caseOf(view)] : []
  const { actual, operator, threshold } = gate
  if (gate.outcome === 'missing') {
    const todo = 'Mend what keeps the gate from having its figure: the case, or the name in the config.'
    const seen = `Gate ${plain(gate.name, 60)} has no figure: ${plain(gate.metric)}.`
    return [{ ...failure, code: 'gate_without_figure', seen, means: 'It guards nothing as it is.', todo, cases }]
  }
  // Of one that is undecided, its finding says what to do.
  if (gate.outcome !== 'failed' || actual === null) return []
  const unit = unitOf(metric, one)
  const verdict = view?.change?.mark.key
  const steady = verdict === 'unchanged' || verdict === 'improved'
  return [
    {
      ...failure,
      code: 'gate_not_met',
      size: Math.abs(Math.log(Math.max(actual, 1e-9) / Math.max(threshold, 1e-9))),
      seen: `${plain(gate.metric)} is ${quantity(actual, unit)}, wanted ${operatorSigns[operator]} ${quantity(threshold, unit)}.`,
      means: steady
        ? 'The case is no slower than before, so this is no change of late.'
        : 'Whether it was met before is not known from this run.',
      todo: steady
        ? 'Make the case better, or set the gate to what it can keep.'
        : 'Compare with a version that met it, with vitest-perf against, or set the gate to what the case can keep.',
      cases,
    },
  ]
}

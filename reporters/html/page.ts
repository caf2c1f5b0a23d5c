import type { Report } from '../../src/report/reporter.ts'
import type { CaseView } from '../../src/report/view-case.ts'
import type { GateView, SloView } from '../../src/report/view-gates.ts'
import { bulletChart, shareBar } from './charts/bullet.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeAxis, changeRow, changeScale } from './charts/change.ts'
import { caseSection } from './case-section.ts'
import { tableRows } from './table-rows.ts'

/** Beyond these a browser takes seconds to lay the page out: the worst are kept, and the page says what it left out. */
const mostRows = 1000
const mostSections = 200
const mostChanges = 24
const mostGates = 200
const mostRecommendations = 30

/** What report.hbs is given: the view, and charts where they belong. Everything named `…Svg` is ours and stands as it is. */
export function pageOf({ run, view }: Report): Record<string, unknown> {
  const effects = view.cases.flatMap(({ change }) => (change?.effect ? [change.effect] : []))
  const scale = effects.length ? changeScale(effects) : null
  const casesById = new Map(run.cases.map((one) => [one.identity.id, one]))
  const gates = view.gates.map(withBullet)
  const changes = scale ? changesOf(view.cases, scale) : []
  const recommendations = view.recommendations.slice(0, mostRecommendations).map((one) => ({
    ...one,
    some: one.cases.slice(0, 5),
    more: Math.max(0, one.cases.length - 5),
  }))
  // The worst, and whatever the page points to: a link never leads nowhere.
  const named = new Set([...changes, ...recommendations.flatMap(({ some }) => some)].map(({ id }) => id))
  const sections = view.cases.filter(({ id }, at) => at < mostSections || named.has(id))
  const rows = tableRows(view, casesById, { scale, linked: new Set(sections.map(({ id }) => id)) })
  return {
    ...view,
    title: `${view.verdict.word}: ${view.project} performance`,
    gates: gates.slice(0, mostGates),
    withoutGate: Math.max(0, gates.length - mostGates),
    slo: {
      ...view.slo,
      objectives: view.slo.objectives.map((one) => ({ ...one, barSvg: shareBar(one.share) })),
      misses: view.slo.misses.map(checkRow),
    },
    changes,
    changeAxisSvg: scale ? changeAxis(scale) : '',
    compared: scale !== null || view.missing.length > 0 || view.cases.some(({ change }) => change !== null),
    rows: rows.slice(0, mostRows),
    withoutRow: Math.max(0, rows.length - mostRows),
    sections: sections.map((one) =>
      caseSection(one, casesById.get(one.id), {
        gates: gates.filter(({ caseId }) => caseId === one.id),
        checks: view.slo.checks.filter(({ caseId }) => caseId === one.id).map(checkRow),
        scale,
      }),
    ),
    withoutSection: Math.max(0, view.cases.length - sections.length),
    recommendations,
  }
}

const gateOutcome = ({ mark }: GateView): 'met' | 'missed' | 'unclear' =>
  mark.key === 'passed' ? 'met' : mark.key === 'undecided' ? 'unclear' : 'missed'

const withBullet = (gate: GateView): GateView & { readonly bulletSvg: string } => ({
  ...gate,
  bulletSvg: gate.bullet ? bulletChart(gate.bullet, gateOutcome(gate)) : '',
})

const checkRow = (check: SloView): SloView & { readonly bulletSvg: string } => ({
  ...check,
  bulletSvg: check.bullet ? bulletChart(check.bullet, check.met ? 'met' : 'missed') : '',
})

function changesOf(
  cases: readonly CaseView[],
  scale: ChangeScale,
): (Pick<CaseView, 'id' | 'name' | 'change'> & { readonly rowSvg: string })[] {
  const told = cases.flatMap(({ id, name, change }) => (change?.effect ? [{ id, name, change, effect: change.effect }] : []))
  const largest = told.toSorted((a, b) => Math.abs(b.effect.point) - Math.abs(a.effect.point)).slice(0, mostChanges)
  return largest
    .toSorted((a, b) => b.effect.point - a.effect.point)
    .map(({ id, name, change, effect }) => ({ id, name, change, rowSvg: changeRow(effect, change.mark.key, scale) }))
}

import { shareBar } from './charts/bullet.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeAxis, changeRow, changeScale } from './charts/change.ts'
import { fluid } from './charts/fluid.ts'
import { between } from './charts/scales.ts'
import { percent } from './charts/svg.ts'
import { judgedMarkup } from './case-markup.ts'
import { checkRow, gateRow } from './detail/judged-rows.ts'
import { changedRuns, suiteTrend } from './home-trend.ts'
import type { View } from '../../src/report/view.ts'
import type { CaseView } from '../../src/report/view-case.ts'
import type { SloView } from '../../src/report/view-gates.ts'
import type { TrendView } from '../../src/report/view-trend.ts'

/** Sections of the home page as templates are given them: what is seen as values, and our own markup as `…Svg` and `html`. */
type Section = Record<string, unknown>

/** Passed gates beyond these are folded away. */
const openGates = 8
const mostGates = 200
const mostChanges = 18
const mostSteps = 20
/** Steps that stand open: the folded list has them too. */
const mostNewSteps = 3
const mostCreeping = 10

export function gateSections(view: View): Section {
  const present = view.gates.filter(({ absent }) => !absent)
  const rows = present.slice(0, mostGates).map((gate) => ({ ...gate, html: judgedMarkup(gateRow(gate)).markup }))
  const open = Math.max(openGates, rows.filter(({ mark }) => mark.key !== 'passed').length)
  return {
    gates: rows.slice(0, open),
    foldedGates: rows.slice(open),
    absentGates: view.gates.length - present.length,
    withoutGate: Math.max(0, present.length - mostGates),
    slo: {
      ...view.slo,
      objectives: view.slo.objectives.map((one) => ({ ...one, barSvg: shareBar(one.share) })),
      misses: view.slo.misses.slice(0, 6).map(withRow),
      closest: view.slo.closest.map(withRow),
    },
  }
}

const withRow = (check: SloView): Section => ({ ...check, html: judgedMarkup(checkRow(check)).markup })

/** The largest changes, those first that count. */
export function changeSection(cases: readonly CaseView[]): Section {
  const told = cases.flatMap(({ id, name, change }) => (change?.effect ? [{ id, name, change, effect: change.effect }] : []))
  const counts = (key: string): number => (key === 'unchanged' ? 1 : 0)
  const largest = told
    .toSorted((a, b) => counts(a.change.mark.key) - counts(b.change.mark.key) || Math.abs(b.effect.point) - Math.abs(a.effect.point))
    .slice(0, mostChanges)
  if (!largest.length) return { changes: [], changeAxisSvg: '' }
  const scale: ChangeScale = changeScale(largest.map(({ effect }) => effect))
  return {
    changes: largest
      .toSorted((a, b) => b.effect.point - a.effect.point)
      .map(({ id, name, change, effect }) => ({ id, name, change, rowSvg: changeRow(effect, change.mark.key, scale, 'grid') })),
    changeAxisSvg: changeAxis(scale),
  }
}

export function trendSection(trend: TrendView | null): Section {
  if (!trend) return { trend: null }
  const { of, index, machineIndex: machine, versions, steps, newSteps, creeping, otherMachines } = trend
  const scene = suiteTrend({ of, index, machine, changed: changedRuns(steps) }, trend.runs)
  const scale = between(versions.map(({ value }) => value), 'n') // prettier-ignore
  return {
    trend: {
      chartSvg: fluid(scene),
      runs: trend.runs.length,
      newSteps: newSteps.slice(0, mostNewSteps),
      steps: steps.slice(0, mostSteps),
      stepCount: steps.length,
      moreSteps: Math.max(0, steps.length - mostSteps),
      creeping: creeping.slice(0, mostCreeping),
      moreCreeping: Math.max(0, creeping.length - mostCreeping),
      otherMachines,
      versions: versions.map((one) => ({ ...one, dotSvg: versionDot(scale.at(one.value)) })),
    },
  }
}

const versionDot = (at: number): string =>
  `<svg aria-hidden="true" width="100%" height="12"><line class="grid" x2="100%" y1="6" y2="6"/><circle class="circle head" cx="${percent(at)}" cy="6" r="4"/></svg>`

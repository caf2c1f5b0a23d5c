import type { Content } from 'pdfmake/interfaces.js'
import { counted } from '../../src/report/format.ts'
import { hiddenGates } from '../../src/report/hidden-gates.ts'
import type { View } from '../../src/report/view.ts'
import type { CaseView } from '../../src/report/view-case.ts'
import { changedRuns, suiteTrend } from '../html/home-trend.ts'
import type { Write } from './blocks.ts'
import { box, grid, heading, pageWidth, toned } from './blocks.ts'
import { fixedSvg, inks, paper } from './fixed-svg.ts'
import { forestSvg } from './forest-svg.ts'

const mostChanges = 18
const mostGates = 60
const mostSteps = 12
const mostRecommendations = 10

/** The first pages: verdict, changes, gates, objectives, history, recommendations. */
export function summaryPages(view: View, write: Write): Content[] {
  return [
    { text: write(view.project), color: paper.dim, fontSize: 9 },
    heading(write(`${view.verdict.word}: ${view.verdict.sentence}`), 1),
    verdictBox(view, write),
    countLine(view),
    ...errorsOf(view, write),
    ...changes(view.cases, write),
    ...gates(view, write),
    ...objectives(view, write),
    ...history(view, write),
    ...recommendations(view, write),
  ]
}

function verdictBox({ verdict, when, took, facts, version, against }: View, write: Write): Content {
  const lines = [[version, when, took].filter(Boolean).join(' · '), ...facts, against && `compared with ${against}`].filter(Boolean)
  const content: Content[] = [
    ...(verdict.reasons.length ? [{ ul: verdict.reasons.slice(0, 12).map(write), margin: [0, 0, 0, 4] as [number, number, number, number] }] : []),
    ...lines.map((line) => ({ text: write(line), color: paper.dim, fontSize: 8 })),
  ] // prettier-ignore
  return box(content, verdict.passed ? inks.good : inks.bad)
}

const countLine = ({ counts }: View): Content => ({
  text: counts.flatMap(({ count, word, tone }) => [toned(`${count} ${word}`, tone), { text: '     ' }]),
  margin: [0, 0, 0, 4],
})

function errorsOf({ errors }: View, write: Write): Content[] {
  if (!errors.length) return []
  return [heading('Errors of the run', 2), ...errors.slice(0, 10).map(({ message, lines }) => ({ stack: [{ text: write(message), bold: true }, ...lines.slice(0, 8).map((line) => ({ text: write(line), fontSize: 7.5, color: paper.dim }))] }))] // prettier-ignore
}

function changes(cases: readonly CaseView[], write: Write): Content[] {
  const told = cases.flatMap(({ name, change }) => (change?.effect ? [{ name, change, effect: change.effect }] : []))
  const last = (key: string): number => (key === 'unchanged' ? 1 : 0)
  const largest = told
    .toSorted((a, b) => last(a.change.mark.key) - last(b.change.mark.key) || Math.abs(b.effect.point) - Math.abs(a.effect.point))
    .slice(0, mostChanges)
    .sort((a, b) => b.effect.point - a.effect.point)
  if (!largest.length) return []
  const rows = largest.map(({ name, change, effect }) => ({ name, text: change.signed, verdict: change.mark.key, effect }))
  return [heading('Largest changes', 2), { svg: forestSvg(rows, pageWidth, write), width: pageWidth }]
}

function gates({ gates: all, gatesText }: View, write: Write): Content[] {
  const gates = all.filter(({ absent }) => !absent)
  if (!gates.length) return []
  const columns = [{ title: '', width: 62 }, { title: 'gate', width: '*' }, { title: 'metric', width: '*' }, { title: 'actual', width: 60, right: true }, { title: 'wanted', width: 60 }] as const // prettier-ignore
  const rows = gates.slice(0, mostGates).map(({ mark, name, metric, actual, wanted, blocking }) => [
    toned(mark.word, mark.tone), write(blocking ? name : `${name} (warning)`), write(metric), mark.key === 'passed' ? write(actual) : toned(write(actual), mark.tone), write(wanted),
  ]) // prettier-ignore
  const more = hiddenGates(gates.slice(mostGates))
  return [heading(`Gates: ${gatesText}`, 2), grid(columns, rows), ...(more ? [{ text: `${more}.`, color: paper.dim, fontSize: 8 }] : [])]
}

function objectives({ slo }: View, write: Write): Content[] {
  const title = slo.checks.length ? `Service objectives: ${slo.text} (${slo.percent})` : `Service objectives: ${slo.text}`
  const columns = [{ title: 'objective', width: '*' }, { title: 'met', width: 60, right: true }, { title: '', width: 50, right: true }] as const
  const shares = slo.objectives.map(({ label, met, total, percent }) => [write(label), `${met} of ${total}`, met < total ? toned(percent, 'bad') : percent])
  const missed = slo.misses.slice(0, 8).map(({ objective, metric, actual, wanted }) => [write(objective), write(metric), toned(write(actual), 'bad'), write(wanted)])
  const misses = grid([{ title: 'furthest from target', width: 130 }, { title: 'metric', width: '*' }, { title: 'actual', width: 60, right: true }, { title: 'wanted', width: 60 }], missed)
  return [heading(title, 2), ...(shares.length ? [grid(columns, shares)] : []), ...(missed.length ? [{ text: ' ', fontSize: 4 }, misses] : [])]
} // prettier-ignore

function history({ trend }: View, write: Write): Content[] {
  if (!trend) return []
  const { of, index, machineIndex: machine } = trend
  const scene = suiteTrend({ of, index, machine, changed: changedRuns(trend.steps) }, trend.runs)
  const steps = trend.steps.slice(0, mostSteps).map(({ text, tone, name, metric, commit, when, state }) => [toned(write(text), tone), write(name), write(metric), write(commit), when, state])
  const columns = [{ title: 'step', width: 50, right: true }, { title: 'case', width: '*' }, { title: 'metric', width: 90 }, { title: 'commits', width: 88 }, { title: 'since', width: 60 }, { title: '', width: 60 }] as const
  const versions = trend.versions.map(({ name, text, change, interval, tone }) => [write(name), text, toned(write(change), tone), write(interval)])
  const hidden = trend.steps.length - steps.length
  return [
    heading(`Trend over ${trend.runs.length} runs`, 2),
    { svg: fixedSvg(scene, pageWidth, write), width: pageWidth },
    ...(versions.length ? [grid([{ title: 'version', width: 120 }, { title: 'index', width: 60, right: true }, { title: 'change', width: 60, right: true }, { title: '95 % interval', width: 90, right: true }], versions)] : []),
    ...(steps.length ? [{ text: ' ', fontSize: 4 }, grid(columns, steps)] : []),
    ...(hidden > 0 ? [{ text: `${counted(hidden, 'older step')} in benchmark_report.html.`, color: paper.dim, fontSize: 8 }] : []),
  ]
} // prettier-ignore

function recommendations({ recommendations }: View, write: Write): Content[] {
  if (!recommendations.length) return []
  const items = recommendations.slice(0, mostRecommendations).map(({ todo, seen, means, cases }): Content => {
    const where = cases.slice(0, 3).map(({ name }) => name).join(', ') // prettier-ignore
    const more = cases.length > 3 ? ` and ${counted(cases.length - 3, 'more case')}` : ''
    return { text: [{ text: `${write(todo)} `, bold: true }, write(`${seen} ${means}`), ...(where ? [{ text: `  ${write(where)}${more}`, color: paper.dim }] : [])], margin: [0, 0, 0, 4] } // prettier-ignore
  })
  return [heading('Recommendations', 2), ...items]
}

import type { Compared } from '../../../src/model/run.ts'
import { quantity } from '../../../src/report/format.ts'
import { keyFigures, metricTexts } from '../../../src/report/metric-text.ts'
import { plain } from '../../../src/report/plain-text.ts'
import type { CaseView } from '../../../src/report/view-case.ts'
import type { GateView, SloView } from '../../../src/report/view-gates.ts'
import type { CaseTrend } from '../../../src/report/view-trend.ts'
import type { CaseDetail, ChangeDetail, Failure, PanelData } from './case-detail.ts'
import type { Fineness } from './fineness.ts'
import { checkRow, gateRow, limitsOn } from './judged-rows.ts'
import { scalingData } from './scaling-data.ts'
import { timelineData } from './timeline-data.ts'
import { timesData } from './times-data.ts'
import { trendData } from './trend-data.ts'

export interface JudgedBy {
  /** Whose times a base has that is drawn beside the head. */
  readonly baseName: string
  readonly gates: readonly GateView[]
  readonly checks: readonly SloView[]
}

/** One case: its words from the view, its charts from the numbers. */
export function detailOf(view: CaseView, one: Compared, judgedBy: JudgedBy, trend: CaseTrend | undefined, fineness: Fineness): CaseDetail {
  const { gates, checks } = judgedBy
  const { id, name, suite, place, mark, reason, repeat, errors, change } = view
  return {
    id, name, suite, place, mark, reason, repeat, errors,
    ...heroOf(view),
    change: change?.effect ? changeDetail(change, change.effect) : null,
    figures: keyFigures(one).map(({ name, value, interval, meaning }) => ({ label: name, value, interval: interval === '–' ? '' : interval, meaning })),
    judged: [...gates.map(gateRow), ...checks.map(checkRow)],
    findings: view.findings.map(({ weight, seen, means, todo }) => ({ weight, text: `${seen} ${means}`, todo })),
    failures: failuresOf(one),
    panels: panelsOf(view, one, judgedBy, trend, fineness),
    metrics: (one.state === 'measured' ? metricTexts(one) : []).map(({ name, value, interval }) => [name, value, interval === '–' ? '' : interval]),
  }
} // prettier-ignore

function panelsOf({ change }: CaseView, one: Compared, { gates, checks, baseName }: JudgedBy, trend: CaseTrend | undefined, fineness: Fineness): PanelData[] {
  const history = trend ? [trend, ...trend.others].flatMap((one) => trendData(one, change, fineness)) : []
  if (one.state !== 'measured') return history
  const quantiles_ms = one.comparison?.base_quantiles_ms
  return [
    ...history,
    ...scalingData(one.scaling),
    ...timesData(one, quantiles_ms && { quantiles_ms, name: baseName }, limitsOn(gates, checks), fineness),
    ...timelineData(one, fineness),
  ]
} // prettier-ignore

type Change = NonNullable<CaseView['change']>

function changeDetail({ mark, metric, against, base, head, signed, interval, runs, threshold, visible }: Change, effect: NonNullable<Change['effect']>): ChangeDetail {
  const note = [`${runs} ${runs === '1' ? 'run' : 'runs'} behind the base`, `counts from ${threshold}`, visible && `smallest visible change ${visible}`]
  return {
    title: `Change of ${metric} against ${against}`,
    values: `${base} → ${head}`,
    text: signed,
    interval,
    tone: mark.tone,
    key: mark.key,
    note: note.filter(Boolean).join(' · '),
    effect,
  }
} // prettier-ignore

/** The first line of a case answers what its state raises: by how much it changed, or how long it takes. */
function heroOf({ change, value, interval, n, timed, headline, relative, relativeTo }: CaseView): Pick<CaseDetail, 'hero' | 'line'> {
  if (value === '–') return { hero: '', line: '' }
  const compared = relative && `${relative} ${relativeTo}`
  if (!change?.effect) {
    return {
      hero: value,
      line: [timed ? '' : headline, interval === '–' ? '' : `95 % interval ${interval}`, n, compared].filter(Boolean).join(' · '),
    }
  }
  const figures = change.base === '–' ? value : `${change.base} → ${change.head}`
  return {
    hero: `${change.signed} ${change.interval}, counts from ${change.threshold}`,
    line: [figures, timed ? 'per call' : change.metric, n, compared].filter(Boolean).join(' · '),
  }
}

function failuresOf(one: Compared): Failure[] {
  if (one.state !== 'measured' || one.measurement.type !== 'load') return []
  return one.measurement.first_failures.map(({ kind, at_ms, message, status, body }) => ({
    title: `${kind} after ${quantity(at_ms, 'ms')}${status === undefined ? '' : `, status ${status}`}`,
    message: plain(message),
    body: body === undefined ? '' : plain(body, 300),
  }))
}

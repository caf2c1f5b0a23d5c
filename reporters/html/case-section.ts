import type { Compared } from '../../src/model/run.ts'
import { quantity } from '../../src/report/format.ts'
import { plain } from '../../src/report/plain-text.ts'
import type { CaseView } from '../../src/report/view-case.ts'
import type { ChangeScale } from './charts/change.ts'
import { changeAxis, changeRow } from './charts/change.ts'
import { panelsOf } from './panels.ts'

interface Judged {
  readonly gates: readonly object[]
  readonly checks: readonly object[]
  readonly scale: ChangeScale | null
}

/** One case: its figures as text from the view, its charts from the numbers. */
export function caseSection(view: CaseView, one: Compared | undefined, { gates, checks, scale }: Judged): Record<string, unknown> {
  const { change } = view
  return {
    ...view,
    ...heroOf(view),
    keyFigures: view.keyFigures.map((figure) => ({ ...figure, interval: figure.interval === '–' ? '' : figure.interval })),
    gates,
    checks,
    judged: gates.length + checks.length > 0,
    changeSvg: change?.effect && scale ? changeRow(change.effect, change.mark.key, scale) : '',
    changeAxisSvg: change?.effect && scale ? changeAxis(scale) : '',
    panels: one ? panelsOf(one) : [],
    failures: one ? failuresOf(one) : [],
  }
}

// The first line of a case answers what its state raises: by how much it changed, or how long it takes.
function heroOf({ change, value, interval, n, timed, relative, relativeTo }: CaseView): { readonly hero: string; readonly line: string } {
  if (value === '–') return { hero: '', line: '' }
  const compared = relative && `${relative} ${relativeTo}`
  if (!change?.effect)
    return { hero: value, line: [interval === '–' ? '' : `95 % interval ${interval}`, n, compared].filter(Boolean).join(' · ') }
  const figures = change.base === '–' ? value : `${change.base} → ${change.head}`
  return {
    hero: `${change.signed} ${change.interval}, counts from ${change.threshold}`,
    line: [figures, timed ? 'per call' : change.metric, n, compared].filter(Boolean).join(' · '),
  }
}

function failuresOf(one: Compared): Record<string, string>[] {
  if (one.state !== 'measured' || one.measurement.type !== 'load') return []
  return one.measurement.first_failures.map(({ kind, at_ms, message, status, body }) => ({
    kind,
    at: quantity(at_ms, 'ms'),
    message: plain(message),
    status: status === undefined ? '–' : String(status),
    body: body === undefined ? '' : plain(body, 300),
  }))
}

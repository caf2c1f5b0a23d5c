import type { GateView, SloView } from '../../../src/report/view-gates.ts'
import type { JudgedRow } from './case-detail.ts'
import type { Limit } from './times-data.ts'

export const gateRow = ({ mark, name, metric, actual, wanted, blocking, message, place, bullet }: GateView): JudgedRow => ({
  mark,
  name,
  detail: blocking ? metric : `${metric} · warning`,
  actual,
  wanted,
  message: [message, place].filter(Boolean).join(' · '),
  bullet,
  outcome: mark.key === 'passed' ? 'met' : mark.key === 'undecided' ? 'unclear' : 'missed',
})

export const checkRow = ({ mark, objective, metric, critical, met, actual, wanted, bullet }: SloView): JudgedRow => ({
  mark: { ...mark, word: met ? 'met' : 'missed' },
  name: objective,
  detail: critical ? `${metric} · critical` : metric,
  actual,
  wanted,
  message: '',
  bullet,
  outcome: met ? 'met' : 'missed',
})

/** Gates and objectives on a percentile, as lines in its chart. */
export function limitsOn(gates: readonly GateView[], checks: readonly SloView[]): Limit[] {
  const all = [
    ...gates.map((gate) => ({ ...gate, met: gate.mark.key === 'passed', kind: 'gate' })),
    ...checks.map((check) => ({ ...check, kind: 'SLO' })),
  ]
  return all.flatMap(({ metric, bullet, met, wanted, kind }) => {
    const [, digits] = /\.p(\d+)_time_ms$/.exec(metric) ?? []
    if (digits === undefined || !bullet) return []
    const percentile = digits === '999' ? 99.9 : Number(digits)
    return [{ percentile, value: bullet.limit, label: `${kind} p${percentile} ${wanted}`, met }]
  })
}

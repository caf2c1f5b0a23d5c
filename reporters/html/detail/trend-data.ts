import { quantity } from '../../../src/report/format.ts'
import type { ChangeView } from '../../../src/report/view-case.ts'
import type { CaseTrend } from '../../../src/report/view-trend.ts'
import type { TrendData } from './case-detail.ts'
import type { Fineness } from './fineness.ts'
import { pack } from './packed.ts'

/** The history of a case, as its chart needs it; nothing where fewer than two runs have it. */
export function trendData({ metric, unit, better, values, low, high, levels, changes, anomalies, since, adjusted }: CaseTrend, change: ChangeView | null, { steps }: Fineness): TrendData[] {
  const from = values.findIndex(Number.isFinite)
  if (from < 0 || values.filter(Number.isFinite).length < 2) return []
  const own = values.slice(from)
  const known = low.some(Number.isFinite)
  const limit = limitOf(change, metric, better)
  return [{
    kind: 'trend', metric, unit, from,
    values: pack(own, Math.min(steps, 400)),
    ...(known ? { low: pack(low.slice(from), 60), high: pack(high.slice(from), 60) } : {}),
    changes: changes.map(({ at, text, better, state, commit }) => ({ at, text, better, state: [state, commit].filter(Boolean).join(' at ') })),
    anomalies,
    levels: levels.map(({ from, to, value }) => ({ from, to, value: Number(value.toPrecision(4)) })),
    ...(limit ? { limit } : {}),
    ...(since ? { since } : {}),
    ...(adjusted && changes.length > 0 ? { adjusted } : {}),
  }]
} // prettier-ignore

/** Where a change against the base begins to count. */
function limitOf(change: ChangeView | null, metric: string, better: CaseTrend['better']): TrendData['limit'] {
  if (!change?.effect || change.metric !== metric || change.baseValue === null) return undefined
  const { threshold } = change.effect
  const value = change.baseValue * (1 + ((better === 'lower' ? 1 : -1) * threshold) / 100)
  return { value, label: `${better === 'lower' ? '+' : '−'}${quantity(threshold, '%')}` }
}

import { percent } from './svg.ts'

export interface BulletValue {
  readonly actual: number
  readonly limit: number
  readonly better: 'lower' | 'higher'
}

/** A value against its limit: the bar is the value, the upright the limit, the shaded side is the good one. */
export function bulletChart({ actual, limit, better }: BulletValue, outcome: 'met' | 'missed' | 'unclear'): string {
  const top = Math.max(actual, limit) * 1.15 || 1
  const at = (value: number): string => percent(value / top)
  const good =
    better === 'lower'
      ? `<rect class="shade" width="${at(limit)}" height="12"/>`
      : `<rect class="shade" x="${at(limit)}" width="${percent(1 - limit / top)}" height="12"/>`
  return `<svg class="bullet" aria-hidden="true" width="100%" height="12"><rect class="ground" width="100%" height="12"/>${good}<rect class="bar ${outcome}" y="3" width="${at(actual)}" height="6"/><line class="limit" x1="${at(limit)}" x2="${at(limit)}" y2="12"/></svg>`
}

/** The part of the checks that was met. */
export function shareBar(share: number): string {
  return `<svg class="bullet" aria-hidden="true" width="100%" height="8"><rect class="bar missed" width="100%" height="8"/><rect class="bar met" width="${percent(share)}" height="8"/></svg>`
}

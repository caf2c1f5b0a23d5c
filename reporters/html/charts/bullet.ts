import type { Bullet } from '../../../src/report/view-gates.ts'
import { percent } from './svg.ts'

/** A value against its limit: the bar is the value, the upright the limit, the shaded side is the good one. */
export function bulletChart({ actual, limit, better }: Bullet, outcome: 'met' | 'missed' | 'unclear'): string {
  const top = Math.max(actual, limit) * 1.15 || 1
  const at = (value: number): number => value / top
  const good =
    better === 'lower'
      ? `<rect class="good-side" x="0" width="${percent(at(limit))}" y="0" height="14"/>`
      : `<rect class="good-side" x="${percent(at(limit))}" width="${percent(1 - at(limit))}" y="0" height="14"/>`
  return `<svg class="bullet" aria-hidden="true" width="100%" height="14"><rect class="ground" width="100%" height="14"/>${good}<rect class="bar ${outcome}" x="0" y="4" width="${percent(at(actual))}" height="6"/><line class="limit" x1="${percent(at(limit))}" x2="${percent(at(limit))}" y1="0" y2="14"/></svg>`
}

/** The part of the checks that was met. */
export function shareBar(share: number): string {
  return `<svg class="bullet" aria-hidden="true" width="100%" height="12"><rect class="bar missed" width="100%" height="12"/><rect class="bar met" width="${percent(share)}" height="12"/></svg>`
}

import { max } from 'd3-array'
import { scaleSymlog } from 'd3-scale'
import { change as changeText } from '../../../src/report/format.ts'
import { dot } from './fluid.ts'
import type { Shape } from './scene.ts'
import { escaped, percent } from './svg.ts'

export interface Effect {
  readonly point: number
  readonly low: number
  readonly high: number
  readonly threshold: number
}

/** Percent to a share of the width. Near 0 it is linear, far out logarithmic: a factor of 10 must not hide 5 %. */
export interface ChangeScale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

export function changeScale(effects: readonly Effect[]): ChangeScale {
  const furthest = max(effects, ({ low, high, threshold }) => Math.max(Math.abs(low), Math.abs(high), threshold)) ?? 10
  return changeScaleTo(Math.max(furthest * 1.1, 5))
}

/** `limit`: percent at both ends. */
export function changeScaleTo(limit: number): ChangeScale {
  const scale = scaleSymlog([-limit, limit], [0, 1]).constant(10).clamp(true)
  const steps = [3000, 1000, 300, 100, 30, 10].filter((step) => step < limit)
  const kept = steps.slice(0, 2).toSorted((a, b) => a - b)
  return { at: scale, ticks: [...kept.map((step) => -step).toReversed(), 0, ...kept] }
}

export const changeHeight = 20

/** The shape tells the verdict where colour does not. */
export function shapeOf(verdict: string): { readonly shape: Shape; readonly tone: 'bad' | 'good' | 'unclear' | 'base' } {
  switch (verdict) {
    case 'regressed':
      return { shape: 'up', tone: 'bad' }
    case 'improved':
      return { shape: 'down', tone: 'good' }
    case 'inconclusive':
      return { shape: 'ring', tone: 'unclear' }
    default:
      return { shape: 'circle', tone: 'base' }
  }
}

/** One case on the common scale: the band of the threshold, the interval, and a mark whose shape tells the verdict. */
export function changeRow(effect: Effect, verdict: string, scale: ChangeScale, grid: 'grid' | 'plain' = 'plain'): string {
  const middle = String(changeHeight / 2)
  const { shape, tone } = shapeOf(verdict)
  const at = (value: number): string => percent(scale.at(value))
  const { threshold, low, high, point } = effect
  const lines = grid === 'plain' ? '' : scale.ticks.map((tick) => `<line class="grid" x1="${at(tick)}" x2="${at(tick)}" y2="${changeHeight}"/>`).join('') // prettier-ignore
  const wide = percent(scale.at(threshold) - scale.at(-threshold))
  return `<svg aria-hidden="true" width="100%" height="${changeHeight}">${lines}<rect class="shade" x="${at(-threshold)}" width="${wide}" height="${changeHeight}"/><line class="zero" x1="${at(0)}" x2="${at(0)}" y2="${changeHeight}"/><line class="rule wide-rule ${tone}" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}"/>${dot(at(point), middle, shape, tone)}</svg>`
}

export function changeAxis(scale: ChangeScale): string {
  const ticks = scale.ticks.map((tick) => {
    const text = tick === 0 ? '0 %' : changeText(tick).replace('.0 ', ' ')
    return `<text class="tick" x="${percent(scale.at(tick))}" y="12" text-anchor="middle">${escaped(text)}</text>`
  })
  return `<svg aria-hidden="true" width="100%" height="16">${ticks.join('')}</svg>`
}

import { max } from 'd3-array'
import { scaleSymlog } from 'd3-scale'
import type { ChangeView } from '../../../src/report/view-case.ts'
import { change as changeText } from '../../../src/report/format.ts'
import { escaped, percent } from './svg.ts'

type Effect = NonNullable<ChangeView['effect']>

/** Percent to a share of the width. Near 0 it is linear, far out logarithmic: a factor of 10 must not hide 5 %. */
export interface ChangeScale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

export function changeScale(effects: readonly Effect[]): ChangeScale {
  const furthest = max(effects.flatMap(({ low, high, threshold }) => [Math.abs(low), Math.abs(high), threshold])) ?? 10
  const limit = Math.max(furthest * 1.1, 5)
  const scale = scaleSymlog([-limit, limit], [0, 1]).constant(10).clamp(true)
  const steps = [3000, 1000, 300, 100, 30, 10].filter((step) => step < limit)
  const kept = steps.slice(0, 2).toSorted((a, b) => a - b)
  return { at: scale, ticks: [...kept.map((step) => -step).toReversed(), 0, ...kept] }
}

const height = 22

/** One case on the common scale: the band of the threshold, the interval, and a mark whose shape tells the verdict. */
export function changeRow(effect: Effect, verdict: string, scale: ChangeScale): string {
  const middle = height / 2
  const [low, point, high] = [effect.low, effect.point, effect.high].map((value) => percent(scale.at(value)))
  const band = `<rect class="band" x="${percent(scale.at(-effect.threshold))}" width="${percent(scale.at(effect.threshold) - scale.at(-effect.threshold))}" y="0" height="${height}"/>`
  const zero = `<line class="zero" x1="${percent(scale.at(0))}" x2="${percent(scale.at(0))}" y1="0" y2="${height}"/>`
  const interval = `<line class="interval ${verdict}" x1="${low}" x2="${high}" y1="${middle}" y2="${middle}"/>`
  return `<svg class="change" aria-hidden="true" width="100%" height="${height}">${band}${zero}${interval}<svg x="${point}" y="${middle}" overflow="visible"><path class="mark ${verdict}" d="${markShape(verdict)}"/></svg></svg>`
}

function markShape(verdict: string): string {
  if (verdict === 'regressed') return 'M0,-5L5,4L-5,4Z'
  if (verdict === 'improved') return 'M0,5L5,-4L-5,-4Z'
  return 'M0,-4A4,4 0 1 1 0,4A4,4 0 1 1 0,-4Z'
}

export function changeAxis({ at, ticks }: ChangeScale): string {
  const labels = ticks.map(
    (value, index) =>
      `<text class="tick${index % 2 ? ' minor' : ''}" x="${percent(at(value))}" y="13" text-anchor="middle">${escaped(value === 0 ? '0 %' : changeText(value).replace('.0', ''))}</text>`,
  )
  return `<svg class="change" aria-hidden="true" width="100%" height="18">${labels.join('')}</svg>`
}

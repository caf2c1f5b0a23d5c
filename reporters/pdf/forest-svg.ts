import type { Effect } from '../html/charts/change.ts'
import { changeScale, shapeOf } from '../html/charts/change.ts'
import { escaped, round } from '../html/charts/svg.ts'
import { change as changeText } from '../../src/report/format.ts'
import { fixedDot, inks, paper } from './fixed-svg.ts'

export interface ForestRow {
  readonly name: string
  readonly text: string
  readonly verdict: string
  readonly effect: Effect
}

const rowHeight = 14
const names = 150
const figures = 44
const size = 7.5

/** The largest changes on one scale, as on the page. */
export function forestSvg(rows: readonly ForestRow[], width: number, write: (text: string) => string): string {
  const scale = changeScale(rows.map(({ effect }) => effect))
  const inner = width - names - figures - 16
  const height = rows.length * rowHeight
  const at = (value: number): number => names + 8 + scale.at(value) * inner
  const text = (x: number, y: number, words: string, anchor: string, fill: string): string =>
    `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(write(words))}</text>`
  const upright = (value: number, ink: string): string =>
    `<path d="M${round(at(value))} 14V${height + 14}" stroke="${ink}" stroke-width="0.6"/>`
  const ticks = scale.ticks.map((tick) => text(at(tick), 8, tick === 0 ? '0 %' : changeText(tick).replace('.0 ', ' '), 'middle', paper.dim) + upright(tick, paper.grid)) // prettier-ignore
  const lines = rows.map(({ name, text: figure, verdict, effect }, index) => {
    const y = 14 + rowHeight * (index + 0.5)
    const { shape, tone } = shapeOf(verdict)
    const band = `<rect x="${round(at(-effect.threshold))}" y="${round(y - rowHeight / 2)}" width="${round(at(effect.threshold) - at(-effect.threshold))}" height="${rowHeight}" fill="${paper.shade}"/>`
    const interval = `<path d="M${round(at(effect.low))} ${round(y)}H${round(at(effect.high))}" stroke="${inks[tone]}" stroke-width="1.3"/>`
    return `${band}${text(names, y + 2.6, shortened(name), 'end', inks.text)}${upright(0, inks.text)}${interval}${fixedDot(at(effect.point), y, shape, inks[tone])}${text(width, y + 2.6, figure, 'end', inks[tone])}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + 16}" viewBox="0 0 ${width} ${height + 16}">${lines.join('')}${ticks.join('')}</svg>`
}

const shortened = (name: string): string => (name.length > 36 ? `${name.slice(0, 35)}…` : name)

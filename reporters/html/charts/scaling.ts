import { line as lineShape } from 'd3-shape'
import type { Scaling } from '../../../src/report/chart-data.ts'
import { integer, number, quantity } from '../../../src/report/format.ts'
import { path, plot, span, stretched } from './plot.ts'
import { logarithmic } from './scales.ts'
import { escaped, percent, round, tenth } from './svg.ts'

const height = 200

/** Time against size, both logarithmic: a power law is a straight line, and its slope is the exponent. */
export function scalingChart({ points, exponent }: Scaling): string {
  const x = logarithmic(
    points.map(({ n }) => n),
    integer,
  )
  const y = logarithmic(
    points.map(({ ms }) => ms),
    (ms) => quantity(ms, 'ms'),
  )
  const dots = points.map(
    ({ n, ms }) =>
      `<circle class="dot" cx="${percent(x.at(n))}" cy="${round(height * (1 - y.at(ms)))}" r="4"><title>${escaped(`${integer(n)}: ${quantity(ms, 'ms')}`)}</title></circle>`,
  )
  const law = exponent === null ? [] : lawThrough(points, exponent)
  const shape = lineShape<{ n: number; ms: number }>(
    ({ n }) => tenth(x.at(n) * span),
    ({ ms }) => tenth(height * (1 - y.at(ms))),
  )
  return plot({
    label: `Time by size: ${points.map(({ n, ms }) => `${integer(n)} took ${quantity(ms, 'ms')}`).join(', ')}`,
    caption: exponent === null ? 'median time by size' : `median time by size; dashed: n^${number(exponent)}`,
    height,
    x: x.ticks,
    y: y.ticks,
    layers: [stretched(height, path('line base', shape(law)) + path('line head', shape(points))), ...dots],
  })
}

// The exponent is the summariser's; only the height of the line is fitted here, as the mean of the logarithms wants it.
function lawThrough(points: Scaling['points'], exponent: number): { n: number; ms: number }[] {
  const offset = points.reduce((sum, { n, ms }) => sum + Math.log(ms) - exponent * Math.log(n), 0) / points.length
  return points.map(({ n }) => ({ n, ms: Math.exp(offset + exponent * Math.log(n)) }))
}

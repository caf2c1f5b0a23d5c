import { line as lineShape } from 'd3-shape'
import { counted, integer } from '../../../src/report/format.ts'
import { path, plot, span, stretched } from './plot.ts'
import { between } from './scales.ts'
import { tenth } from './svg.ts'

const height = 120
const mostPoints = 400

/** Values in the order in which they were taken: drift, jumps and a warm-up that never ended are seen here and nowhere else. */
export function sequenceChart(values: readonly number[], unit: string, what: string): string {
  const every = Math.ceil(values.length / mostPoints)
  const shown = values.flatMap((value, at) => (at % every === 0 ? [{ at, value }] : []))
  const last = Math.max(1, values.length - 1)
  const y = between(
    shown.map(({ value }) => value),
    unit,
    4,
  )
  const shape = lineShape<{ at: number; value: number }>(
    ({ at }) => tenth((at / last) * span),
    ({ value }) => tenth(height * (1 - y.at(value))),
  )
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: share, label: integer(1 + Math.round(share * (values.length - 1))) }))
  return plot({
    label: `${counted(values.length, what)} in the order in which they were taken`,
    height,
    x: [...new Map(ticks.map((tick) => [tick.label, tick])).values()],
    y: y.ticks,
    layers: [stretched(height, path('line head', shape(shown)))],
  })
}

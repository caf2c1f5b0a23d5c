import { curveStepAfter, line as lineShape } from 'd3-shape'
import type { Distribution } from '../../../src/report/chart-data.ts'
import { counted, quantity } from '../../../src/report/format.ts'
import { path, plot, span, stretched } from './plot.ts'
import { between, fromZero } from './scales.ts'
import { escaped, percent, tenth } from './svg.ts'

const height = 180

/** Share of calls at or below each time. The axis ends at the 99.5th percentile, so that one outlier does not flatten the rest. */
export function ecdfChart({ ecdf, n }: Distribution): string {
  const shown = ecdf.filter(({ share }) => share <= 0.995)
  const x = between(
    shown.map((point) => point.x),
    'ms',
  )
  const shape = lineShape<{ x: number; share: number }>(
    (point) => tenth(x.at(point.x) * span),
    (point) => tenth(height * (1 - point.share)),
  ).curve(curveStepAfter)
  const median = ecdf.find(({ share }) => share >= 0.5)?.x ?? Number.NaN
  return plot({
    label: `Distribution of ${counted(n, 'time')}: half of them at or below ${quantity(median, 'ms')}`,
    caption: 'share of calls that took no longer',
    height,
    x: x.ticks,
    y: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: share, label: `${share * 100} %` })),
    layers: [stretched(height, path('line head', shape(shown))), upright(x.at(median), 'median')],
  })
}

/** Percentiles on an axis that gives each nine of the tail the same room. */
export function percentileChart({ percentiles, n }: Distribution): string {
  const nines = (percentile: number): number => -Math.log10(1 - percentile / 100)
  const last = percentiles.at(-1)?.percentile ?? 90
  const widest = Math.max(nines(last), 1)
  const times = percentiles.map((point) => point.x)
  // From 0, so that lengths compare; unless all times are so alike that a flat line would be left.
  const y = (times.at(-1) ?? 0) > 2 * (times[0] ?? 0) ? fromZero(times, 'ms') : between(times, 'ms', 4)
  const shape = lineShape<{ percentile: number; x: number }>(
    (point) => tenth((nines(point.percentile) / widest) * span),
    (point) => tenth(height * (1 - y.at(point.x))),
  )
  const ticks = [0, 50, 90, 99, 99.9, 99.99, 99.999].filter((percentile) => percentile <= last)
  return plot({
    label: `Time at each percentile of ${counted(n, 'time')}: ${percentiles
      .filter(({ percentile }) => [50, 90, 99].includes(percentile))
      .map(({ percentile, x }) => `${percentile} % at or below ${quantity(x, 'ms')}`)
      .join(', ')}`,
    caption: 'time at percentile (each nine has the same room)',
    height,
    x: ticks.map((percentile) => ({ at: nines(percentile) / widest, label: `${percentile} %` })),
    y: y.ticks,
    layers: [stretched(height, path('line head', shape(percentiles)))],
  })
}

function upright(at: number, label: string): string {
  const x = percent(at)
  return `<line class="guide" x1="${x}" x2="${x}" y1="0" y2="${height}"/><text class="tick" x="${x}" dx="6" y="12">${escaped(label)}</text>`
}

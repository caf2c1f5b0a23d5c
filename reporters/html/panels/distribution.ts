import { counted, integer, quantity } from '../../../src/report/format.ts'
import type { Point, Scene, SceneMark } from '../charts/scene.ts'
import { between, fromZero } from '../charts/scales.ts'
import type { EcdfData, PercentilesData } from '../detail/case-detail.ts'
import { lastShare, tailPercentiles } from '../detail/case-detail.ts'
import { unpack } from '../detail/packed.ts'
import type { Panel } from './panel.ts'

const height = 200
const legendOf = (baseName: string) =>
  [
    { text: baseName, tone: 'base', dashed: true },
    { text: 'head', tone: 'head' },
  ] as const

/** Percentiles on an axis that gives each nine of the tail the same room. */
export function percentilesPanel({ n, head, base, baseName = 'base', limits }: PercentilesData): Panel {
  const times = unpack(head)
  const earlier = base ? unpack(base) : []
  const nines = (percentile: number): number => -Math.log10(1 - percentile / 100)
  const last = tailPercentiles[times.length - 1] ?? 90
  const widest = Math.max(nines(last), 1)
  const x = (percentile: number): number => Math.min(1, nines(percentile) / widest)
  const all = [...times, ...earlier, ...limits.map(({ value }) => value).filter((value) => value < 2 * Math.max(...times))]
  // From 0, so that lengths compare; unless all times are so alike that a flat line would be left.
  const y = (times.at(-1) ?? 0) > 2 * (times[0] ?? 0) ? fromZero(all, 'ms') : between(all, 'ms', 4)
  const line = (values: readonly number[]): Point[] => values.map((value, index) => [x(tailPercentiles[index] ?? 0), y.at(value)])
  const marks: SceneMark[] = [
    { kind: 'line', tone: 'base', dashed: true, points: line(earlier) },
    { kind: 'line', tone: 'head', points: line(times) },
    ...limits
      .filter(({ value }) => y.at(value) <= 1)
      .map(({ percentile, value, label, met }) => ({
        kind: 'level' as const, y: y.at(value), from: Math.max(0, x(percentile) - 0.12), to: Math.min(1, x(percentile) + 0.12), tone: met ? ('quiet' as const) : ('bad' as const), label,
      })),
  ] // prettier-ignore
  const told = tailPercentiles.slice(0, times.length)
  const both = (index: number): string[] => [
    `${told[index]} %: ${quantity(times[index] ?? Number.NaN, 'ms')}`,
    ...(earlier[index] === undefined ? [] : [`${baseName}: ${quantity(earlier[index], 'ms')}`]),
  ]
  const scene: Scene = {
    label: `Time at each percentile of ${counted(n, 'time')}: ${[50, 90, 99]
      .flatMap((percentile) => {
        const index = told.indexOf(percentile as 50)
        return index < 0 ? [] : [`${percentile} % at or below ${quantity(times[index] ?? Number.NaN, 'ms')}`]
      })
      .join(', ')}`,
    caption: 'time at percentile, each nine with the same room',
    ...(earlier.length ? { legend: legendOf(baseName) } : {}),
    height,
    x: [0, 50, 90, 99, 99.9, 99.99, 99.999]
      .filter((percentile) => percentile <= last)
      .map((percentile) => ({ at: x(percentile), label: `${percentile} %` })),
    y: y.ticks,
    marks,
    probe: { at: told.map(x), tell: both },
  }
  const columns = earlier.length ? ['percentile', 'time', baseName] : ['percentile', 'time']
  const rows = told.map((percentile, index) => [
    `${percentile} %`,
    quantity(times[index] ?? Number.NaN, 'ms'),
    ...(earlier.length ? [quantity(earlier[index] ?? Number.NaN, 'ms')] : []),
  ])
  return {
    title: 'Percentiles',
    note: counted(n, 'time'),
    wide: false,
    zooms: false,
    body: { kind: 'scene', scene },
    table: { columns, rows },
  }
}

export function ecdfPanel({ n, head, base, baseName = 'base' }: EcdfData): Panel {
  const times = unpack(head)
  const earlier = base ? unpack(base) : []
  // The base may end before the head does; both are at the same shares.
  const share = (index: number): number => (index / Math.max(1, times.length - 1)) * lastShare
  const x = between([...times, ...earlier], 'ms')
  const line = (values: readonly number[]): Point[] => values.map((value, index) => [x.at(value), share(index)])
  const half = Math.round((0.5 / lastShare) * (times.length - 1))
  const middle = (values: readonly number[]): string => quantity(values[half] ?? Number.NaN, 'ms')
  const both = (index: number): string[] => [
    `${integer(share(index) * 100)} % at or below`,
    quantity(times[index] ?? Number.NaN, 'ms'),
    ...(earlier[index] === undefined ? [] : [`${baseName}: ${quantity(earlier[index], 'ms')}`]),
  ]
  const ofBase = earlier.length ? `; of the ${baseName} ${middle(earlier)}` : ''
  const scene: Scene = {
    label: `Distribution of ${counted(n, 'time')}: half of them at or below ${middle(times)}${ofBase}`,
    caption: 'share of times at or below',
    ...(earlier.length ? { legend: legendOf(baseName) } : {}),
    height,
    x: x.ticks,
    y: [0, 0.25, 0.5, 0.75, 1].map((part) => ({ at: part, label: `${part * 100} %` })),
    marks: [
      { kind: 'upright', x: x.at(times[half] ?? Number.NaN), tone: 'quiet', label: 'median', dashed: true },
      { kind: 'line', tone: 'base', dashed: true, step: true, points: line(earlier) },
      { kind: 'line', tone: 'head', step: true, points: line(times) },
    ],
    probe: { at: times.map((value) => x.at(value)), tell: both },
  }
  const twentieth = Math.max(1, Math.round(times.length / 20))
  const rows = times.flatMap((value, index) =>
    index % twentieth === 0
      ? [
          [
            `${integer(share(index) * 100)} %`,
            quantity(value, 'ms'),
            ...(earlier.length ? [quantity(earlier[index] ?? Number.NaN, 'ms')] : []),
          ],
        ]
      : [],
  )
  return {
    title: earlier.length ? 'Distribution, base and head' : 'Distribution',
    note: counted(n, 'time'),
    wide: false,
    zooms: false,
    body: { kind: 'scene', scene },
    table: { columns: earlier.length ? ['share', 'time, at most', baseName] : ['share', 'time, at most'], rows },
  }
}

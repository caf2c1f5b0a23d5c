import { integer, quantity } from '../../../src/report/format.ts'
import type { Complexity } from '../../../src/model/scaling.ts'
import type { Scene, SceneMark } from '../charts/scene.ts'
import { fromZero, logarithmic } from '../charts/scales.ts'
import type { CapacityData, ConcurrencyData, GrowthData } from '../detail/case-detail.ts'
import type { Panel } from './panel.ts'

const height = 220
const grows: Readonly<Record<Complexity, (n: number) => number>> = {
  'O(1)': () => 1,
  'O(log n)': Math.log,
  'O(n)': (n) => n,
  'O(n log n)': (n) => n * Math.log(n),
  'O(n^2)': (n) => n * n,
}

/** Enough places between two sizes that a curve looks like one; even on a logarithmic axis. */
function placesBetween(low: number, high: number): number[] {
  return Array.from({ length: 41 }, (_, at) => low * (high / low) ** (at / 40))
}

/** Against size, both logarithmic: a power law is a straight line, and its slope is the exponent. */
export function growthPanel({ title, unit, points, fit, note }: GrowthData): Panel {
  const sizes = points.map(([n]) => n)
  const curve = fit
    ? placesBetween(Math.min(...sizes), Math.max(...sizes)).map((n): readonly [number, number] => [
        n,
        'complexity' in fit ? fit.constant + fit.factor * grows[fit.complexity](n) : fit.factor * n ** fit.exponent,
      ])
    : []
  const x = logarithmic(sizes, integer)
  // Round numbers of kB, not of bytes.
  const step = unit === 'B' ? 1024 : 1
  const inSteps = logarithmic([...points.flatMap(([, point, low, high]) => [point, low, high]), ...curve.map(([, value]) => value)].map((value) => value / step), (value) => quantity(value * step, unit)) // prettier-ignore
  const y = { ticks: inSteps.ticks, at: (value: number) => inSteps.at(value / step) }
  const scene: Scene = {
    label: `${title} by size: ${points.map(([n, value]) => `${integer(n)} took ${quantity(value, unit)}`).join(', ')}`,
    caption: `${unit === 'ms' ? 'time' : 'heap'} by size, both axes logarithmic`,
    ...(curve.length ? { legend: [{ text: 'measured', tone: 'head' }, { text: 'law', tone: 'base', dashed: true }] } : {}),
    height,
    x: x.ticks,
    y: y.ticks,
    marks: [
      { kind: 'line', tone: 'base', dashed: true, points: curve.map(([n, value]) => [x.at(n), value > 0 ? y.at(value) : Number.NaN]) },
      ...points.flatMap(([n, value, low, high]): SceneMark[] => [
        { kind: 'whisker', x: x.at(n), low: y.at(Math.max(low, value / 1e3)), high: y.at(high), tone: 'head' },
        { kind: 'dot', x: x.at(n), y: y.at(value), tone: 'head', shape: 'circle' },
      ]),
    ],
    probe: { at: sizes.map(x.at), tell: (index) => levelText(points[index], 'size', unit) },
  } // prettier-ignore
  return {
    title,
    note,
    wide: true,
    zooms: false,
    body: { kind: 'scene', scene },
    table: levels(points, 'size', unit === 'ms' ? 'time' : 'heap', unit),
  }
}

type LevelPoint = GrowthData['points'][number]

const levelText = (point: LevelPoint | undefined, what: string, unit: string): string[] =>
  point ? [quantity(point[1], unit), `95 %: ${quantity(point[2], unit)} – ${quantity(point[3], unit)}`, `${what} ${integer(point[0])}`] : []

function levels(points: readonly LevelPoint[], what: string, figure: string, unit: string): NonNullable<Panel['table']> {
  return {
    columns: [what, figure, '95 % interval'],
    rows: points.map(([n, point, low, high]) => [integer(n), quantity(point, unit), `${quantity(low, unit)} – ${quantity(high, unit)}`]),
  }
}

/** Throughput against users, with the Universal Scalability Law where it is known. */
export function concurrencyPanel({ points, law, knee, note }: ConcurrencyData): Panel {
  const users = points.map(([n]) => n)
  const throughput = (n: number): number => (law ? (law.lambda * n) / (1 + law.sigma * (n - 1) + law.kappa * n * (n - 1)) : Number.NaN)
  const curve = law ? placesBetween(Math.max(1, Math.min(...users)), Math.max(...users)).map((n): readonly [number, number] => [n, throughput(n)]) : [] // prettier-ignore
  const x = logarithmic(users, integer)
  const y = fromZero([...points.map(([, , , high]) => high), ...curve.map(([, value]) => value)], '1/s')
  const scene: Scene = {
    label: `Throughput by users: ${points.map(([n, value]) => `${integer(n)} users ${quantity(value, '1/s')}`).join(', ')}`,
    caption: 'requests per second by users',
    ...(law ? { legend: [{ text: 'measured', tone: 'head' }, { text: 'scalability law', tone: 'base', dashed: true }] } : {}),
    height,
    x: x.ticks,
    y: y.ticks,
    marks: [
      ...(knee === undefined ? [] : [{ kind: 'upright' as const, x: x.at(knee), tone: 'unclear' as const, label: `knee ${integer(knee)}`, dashed: true }]),
      { kind: 'line', tone: 'base', dashed: true, points: curve.map(([n, value]) => [x.at(n), y.at(value)]) },
      ...points.flatMap(([n, value, low, high]): SceneMark[] => [
        { kind: 'whisker', x: x.at(n), low: y.at(low), high: y.at(high), tone: 'head' },
        { kind: 'dot', x: x.at(n), y: y.at(value), tone: 'head', shape: 'circle' },
      ]),
    ],
    probe: { at: users.map(x.at), tell: (index) => levelText(points[index], 'users', '1/s') },
  } // prettier-ignore
  return {
    title: 'Throughput by users',
    note,
    wide: true,
    zooms: false,
    body: { kind: 'scene', scene },
    table: levels(points, 'users', 'throughput', '1/s'),
  }
}

/** The rates of a search, each with the share of its probes that kept the objective. */
export function capacityPanel({ rates, capacity, note }: CapacityData): Panel {
  const x = logarithmic([...rates.map(([rate]) => rate), ...(capacity ?? [])], (rate) => quantity(rate, '1/s'))
  const share = ([, kept, probes]: (typeof rates)[number]): number => kept / Math.max(1, probes)
  const scene: Scene = {
    label: `Rates tried: ${rates.map(([rate, kept, probes]) => `${quantity(rate, '1/s')} kept ${kept} of ${probes}`).join(', ')}`,
    caption: 'share of probes that kept the objective, by rate',
    height: 160,
    x: x.ticks,
    y: [0, 0.5, 1].map((at) => ({ at, label: `${at * 100} %` })),
    marks: [
      ...(capacity ? [{ kind: 'span' as const, from: x.at(capacity[1]), to: x.at(capacity[2]) }, { kind: 'upright' as const, x: x.at(capacity[0]), tone: 'head' as const, label: quantity(capacity[0], '1/s') }] : []),
      ...rates.map((rate) => ({ kind: 'dot' as const, x: x.at(rate[0]), y: share(rate), tone: share(rate) >= 0.5 ? ('good' as const) : ('bad' as const), shape: 'circle' as const })),
    ],
    probe: {
      at: rates.map(([rate]) => x.at(rate)),
      tell: (index) => rates.slice(index, index + 1).flatMap(([rate, kept, probes]) => [quantity(rate, '1/s'), `kept by ${kept} of ${probes}`]),
    },
  } // prettier-ignore
  const rows = rates.map(([rate, kept, probes]) => [quantity(rate, '1/s'), `${kept} of ${probes}`])
  return { title: 'Capacity', note, wide: true, zooms: false, body: { kind: 'scene', scene }, table: { columns: ['rate', 'kept'], rows } }
}

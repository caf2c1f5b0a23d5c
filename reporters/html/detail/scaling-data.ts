import type { Growth, LevelEstimate, Scaling } from '../../../src/model/scaling.ts'
import { counted, number, quantity, range } from '../../../src/report/format.ts'
import { plain } from '../../../src/report/plain-text.ts'
import type { GrowthData, PanelData } from './case-detail.ts'

const figure = (value: number): number => Number(value.toPrecision(5))
const levels = (points: readonly LevelEstimate[]): GrowthData['points'] =>
  points.map(({ n, point, low, high }) => [n, figure(point), figure(low), figure(high)])

/** What the sizes, levels or rates of a case show together. */
export function scalingData(scaling: Scaling | undefined): PanelData[] {
  if (!scaling) return []
  switch (scaling.type) {
    case 'growth':
      return [growthData('Scaling', scaling.time), ...(scaling.memory && scaling.memory.points.length > 1 ? [growthData('Memory by size', scaling.memory)] : [])]
    case 'concurrency': {
      const { points, law } = scaling
      const contention = law && `contention ${percentText(law.sigma.point)}, coherency ${percentText(law.kappa.point)}, misses by ${quantity(law.rms_percent, '%')}`
      return [{
        kind: 'concurrency',
        note: contention ?? 'too few levels for a law',
        points: levels(points),
        ...(law ? { law: { lambda: law.lambda.point, sigma: law.sigma.point, kappa: law.kappa.point } } : {}),
        ...(law?.knee ? { knee: law.knee.point } : {}),
      }]
    }
    case 'capacity': {
      const { keep, rates, capacity } = scaling
      return [{
        kind: 'capacity',
        note: [`keeps ${keep.map((one) => plain(one, 60)).join(' and ')}`, capacity && range(capacity.low, capacity.high, '1/s')].filter(Boolean).join(' · '),
        rates: rates.map(({ rate, kept, probes }) => [rate, kept, probes]),
        ...(capacity ? { capacity: [capacity.point, capacity.low, capacity.high] as const } : {}),
      }]
    }
  }
} // prettier-ignore

const percentText = (share: number): string => quantity(share * 100, '%')

function growthData(title: string, { unit, points, exponent, factor, complexity, fits }: Growth): GrowthData {
  const best = complexity === 'undecided' ? undefined : fits.find((fit) => fit.complexity === complexity)
  const law = exponent && `n^${number(exponent.point)} [${number(exponent.low)}, ${number(exponent.high)}]`
  const named = complexity === 'undecided' ? 'no class of growth is certain' : complexity
  return {
    kind: 'growth',
    title,
    unit,
    points: levels(points),
    law: complexity,
    note: [law, named, counted(points.length, 'size')].filter(Boolean).join(' · '),
    ...(best
      ? { fit: { complexity: best.complexity, constant: best.constant, factor: best.factor } }
      : exponent && factor !== undefined
        ? { fit: { exponent: exponent.point, factor } }
        : {}),
  }
}

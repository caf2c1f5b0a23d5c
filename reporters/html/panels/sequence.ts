import { counted, integer, quantity } from '../../../src/report/format.ts'
import type { Scene } from '../charts/scene.ts'
import { between } from '../charts/scales.ts'
import type { SequenceData } from '../detail/case-detail.ts'
import { unpack } from '../detail/packed.ts'
import type { Panel } from './panel.ts'

/** Values in the order in which they were taken: drift, jumps and a warm-up that never ended are seen here and nowhere else. */
export function sequencePanel({ title, note, unit, what, values: packed, count }: SequenceData): Panel {
  const values = unpack(packed)
  const last = Math.max(1, values.length - 1)
  const y = between(values, unit, 4)
  const place = (index: number): number => 1 + Math.round((index / last) * (count - 1))
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: share, label: integer(1 + Math.round(share * (count - 1))) }))
  const scene: Scene = {
    label: `${counted(count, what)} in the order in which they were taken`,
    height: 120,
    x: [...new Map(ticks.map((tick) => [tick.label, tick])).values()],
    y: y.ticks,
    marks: [{ kind: 'line', tone: 'head', points: values.map((value, index) => [index / last, y.at(value)]) }],
    probe: {
      at: values.map((_, index) => index / last),
      tell: (index) => [quantity(values[index] ?? Number.NaN, unit), `${what} ${integer(place(index))}`],
    },
  }
  const rows = values.map((value, index) => [integer(place(index)), quantity(value, unit)])
  return { title, note, wide: true, zooms: false, body: { kind: 'scene', scene }, table: { columns: [what, 'value'], rows } }
}

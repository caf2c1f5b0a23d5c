import { max } from 'd3-array'
import type { Phase } from '../../../src/model/resources.ts'
import { quantity } from '../../../src/report/format.ts'
import type { Scene, SceneMark } from '../charts/scene.ts'
import type { Scale } from '../charts/scales.ts'
import { fromZero, seconds } from '../charts/scales.ts'
import type { TimelineData, TrackData, TrackGroup } from '../detail/case-detail.ts'
import { unpack } from '../detail/packed.ts'
import type { Panel, Track } from './panel.ts'

const height = 44

/** Several figures over the same time, one above the other, with the phases of the case behind them. */
export function timelinePanel({ title, note, phases, main, more, table }: TimelineData): Panel {
  const times = [...main, ...more].flatMap(({ at }) => unpack(at))
  const from = Math.min(0, ...phases.map(({ from_ms }) => from_ms))
  const to = max([...times, ...phases.map(({ to_ms }) => to_ms)]) ?? 1
  const x = seconds(from, to)
  const shades = shadesOf(phases, x)
  const tracksOf = (groups: readonly TrackGroup[]): Track[] =>
    groups.flatMap(({ at, tracks }) => {
      const shared = unpack(at)
      return tracks.map((track) => trackOf(track, shared, x, shades))
    })
  const axis: Scene = {
    label: '',
    height: 0,
    x: x.ticks,
    y: [],
    marks: phases.map(({ name, from_ms, to_ms }) => ({ kind: 'span', from: x.at(from_ms), to: x.at(to_ms), label: name })),
  }
  return {
    title,
    note,
    wide: true,
    zooms: false,
    body: { kind: 'tracks', tracks: tracksOf(main), more: tracksOf(more), axis },
    table: table.rows.length ? table : null,
  }
}

const shadesOf = (phases: readonly Phase[], x: Scale): SceneMark[] =>
  phases.flatMap(({ from_ms, to_ms }, at) => (at % 2 ? [{ kind: 'span' as const, from: x.at(from_ms), to: x.at(to_ms) }] : []))

function trackOf({ name, unit, values: packed, tone = 'head' }: TrackData, at: readonly number[], x: Scale, shades: readonly SceneMark[]): Track {
  const values = unpack(packed)
  const top = max(values) ?? 0
  const y = fromZero(values, unit)
  const told = values.flatMap((value, index) => (Number.isFinite(value) ? [index] : []))
  return {
    name,
    note: `≤ ${quantity(top, unit)}`,
    scene: {
      label: `${name} over time, at most ${quantity(top, unit)}`,
      height,
      x: [],
      y: [],
      marks: [...shades, { kind: 'line', tone, points: values.map((value, index) => [x.at(at[index] ?? Number.NaN), y.at(value)]) }],
      probe: {
        at: told.map((index) => x.at(at[index] ?? 0)),
        tell: (index) => {
          const place = told[index] ?? 0
          return [quantity(values[place] ?? Number.NaN, unit), `${((at[place] ?? 0) / 1000).toFixed(1)} s`]
        },
      },
    },
  }
} // prettier-ignore

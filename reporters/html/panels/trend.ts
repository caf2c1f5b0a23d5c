import { quantity } from '../../../src/report/format.ts'
import type { Scene, SceneMark, Tick } from '../charts/scene.ts'
import { between } from '../charts/scales.ts'
import type { TrendData } from '../detail/case-detail.ts'
import { unpack } from '../detail/packed.ts'
import type { Panel, PanelContext, RunLabel } from './panel.ts'

const most = 8

/** Names of a few runs along the axis; a release by its tag. */
export function runTicks(runs: readonly RunLabel[], at: (index: number) => number): Tick[] {
  const every = Math.max(1, Math.ceil(runs.length / most))
  return runs.flatMap(({ commit, at: when }, index) =>
    index % every === 0 && at(index) < 0.97 ? [{ at: at(index), label: commit || when.slice(0, 10) }] : [],
  )
}

/** A mark where each release first ran: nights after a tag have it too. */
export const releaseMarks = (runs: readonly RunLabel[], at: (index: number) => number): SceneMark[] =>
  runs.flatMap(({ release }, index) =>
    release && runs[index - 1]?.release !== release ? [{ kind: 'upright' as const, x: at(index), tone: 'quiet' as const, label: release, dashed: true }] : [],
  ) // prettier-ignore

/** The runs to draw: `[first, last]` of the shared list. */
function rangeOf(data: TrendData, { runs, newest, range }: PanelContext): readonly [number, number] {
  if (range) return range
  const last = Math.max(data.from, runs.length - 1)
  return [Math.max(data.from, newest === undefined ? 0 : runs.length - newest), last]
}

export function trendPanel(data: TrendData, context: PanelContext): Panel {
  const { metric, unit, since, adjusted } = data
  const values = unpack(data.values)
  const known = values.filter(Number.isFinite).length
  return {
    title: `Trend of ${metric}`,
    note: [`${known} runs on this machine`, since, adjusted && 'levels without what all cases did at once'].filter(Boolean).join(' · '),
    wide: true,
    zooms: values.length > 20,
    body: { kind: 'scene', scene: trendScene(data, values, context) },
    table: {
      columns: ['run', 'commit', metric],
      rows: values
        .flatMap((value, index) => {
          const run = context.runs[data.from + index]
          return run && Number.isFinite(value) ? [[run.at.slice(0, 16).replace('T', ' '), run.release || run.commit, quantity(value, unit)]] : []
        })
        .toReversed(),
    },
  } // prettier-ignore
}

function trendScene(data: TrendData, all: readonly number[], context: PanelContext): Scene {
  const [first, last] = rangeOf(data, context)
  const at = (index: number): number => (index - first) / Math.max(1, last - first)
  const inside = (index: number): boolean => index >= first && index <= last
  const runs = context.runs.slice(first, last + 1)
  const valueAt = (index: number): number => all[index - data.from] ?? Number.NaN
  const values = runs.map((_, index) => valueAt(first + index))
  const [low, high] = [data.low, data.high].map((packed) => {
    const band = packed ? unpack(packed) : []
    return runs.map((_, index) => band[first + index - data.from] ?? Number.NaN)
  }) as [number[], number[]]
  const limits = data.limit ? [data.limit.value] : []
  const shown = [...values, ...low, ...high]
  // A limit far away would flatten what happened.
  const near = limits.filter((limit) => limit < 1.5 * Math.max(...shown.filter(Number.isFinite)))
  const y = between([...shown, ...near], data.unit)
  const line = (numbers: readonly number[]): [number, number][] => numbers.map((value, index) => [at(first + index), y.at(value)])
  const marks: SceneMark[] = [
    { kind: 'area', low: line(low), high: line(high) },
    ...releaseMarks(runs, (index) => at(first + index)),
    ...near.map((value) => ({ kind: 'level' as const, y: y.at(value), tone: 'bad' as const, label: data.limit?.label ?? '' })),
    ...data.levels.filter(({ to, from }) => to >= first && from <= last).map(({ from, to, value }) => ({
      kind: 'level' as const, y: y.at(value), from: Math.max(0, at(from)), to: Math.min(1, at(to)), tone: 'quiet' as const,
    })),
    { kind: 'line', tone: 'head', points: line(values) },
    ...data.anomalies.filter(inside).map((index) => ({ kind: 'dot' as const, x: at(index), y: y.at(valueAt(index)), tone: 'unclear' as const, shape: 'ring' as const })),
    ...data.changes.filter(({ at }) => inside(at)).flatMap(({ at: index, text, better }): SceneMark[] => [
      { kind: 'upright', x: at(index), tone: better ? 'good' : 'bad', label: text, dashed: true },
      { kind: 'dot', x: at(index), y: y.at(valueAt(index)), tone: better ? 'good' : 'bad', shape: better ? 'down' : 'up' },
    ]),
  ] // prettier-ignore
  const told = runs.flatMap((run, index) => (Number.isFinite(values[index]) ? [{ run, index }] : []))
  return {
    label: `${data.metric} over ${runs.length} runs, newest ${quantity(values.findLast(Number.isFinite) ?? Number.NaN, data.unit)}`,
    height: 200,
    x: runTicks(runs, (index) => at(first + index)),
    y: y.ticks,
    marks,
    probe: {
      at: told.map(({ index }) => at(first + index)),
      tell: (index) => {
        const { run, index: place } = told[index] ?? { run: undefined, index: 0 }
        if (!run) return []
        const change = data.changes.find(({ at }) => at === first + place)
        const expected = Number.isFinite(low[place]) ? [`expected ${quantity(low[place] ?? 0, data.unit)} – ${quantity(high[place] ?? 0, data.unit)}`] : []
        return [
          quantity(values[place] ?? Number.NaN, data.unit), [run.release, run.commit].filter(Boolean).join(' '), run.at.slice(0, 16).replace('T', ' '),
          ...expected, ...(change ? [`${change.text}, ${change.state}`] : []),
        ]
      },
    },
  } // prettier-ignore
}

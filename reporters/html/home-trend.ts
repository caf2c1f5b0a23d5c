import { number } from '../../src/report/format.ts'
import type { TrendView } from '../../src/report/view-trend.ts'
import type { Scene, SceneMark } from './charts/scene.ts'
import { between } from './charts/scales.ts'
import type { RunLabel } from './panels/panel.ts'
import { releaseMarks, runTicks } from './panels/trend.ts'

/** How many levels became worse and better with a run. */
export type ChangedRun = readonly [place: number, worse: number, better: number]

export interface SuiteTrend {
  readonly of: TrendView['of']
  readonly index: readonly number[]
  /** Empty where it is not known. */
  readonly machine: readonly number[]
  readonly changed: readonly ChangedRun[]
}

export function changedRuns(steps: TrendView['steps']): ChangedRun[] {
  const places = Map.groupBy(steps.filter(({ id }) => id !== ''), ({ at }) => at) // prettier-ignore
  const count = (all: TrendView['steps'], better: boolean): number => all.filter((step) => step.better === better).length
  return [...places].map(([at, all]): ChangedRun => [at, count(all, false), count(all, true)]).sort(([a], [b]) => a - b)
}

/** What all cases did together, run by run; dashed, how much of it is what nearly every case did at once. */
export function suiteTrend({ of, index, machine, changed }: SuiteTrend, runs: readonly RunLabel[]): Scene {
  const at = (place: number): number => place / Math.max(1, index.length - 1)
  const y = between([...index, ...machine], 'n', 4, (value) => number(value, 4))
  const told = index.flatMap((value, place) => (Number.isFinite(value) ? [place] : []))
  const line = (values: readonly number[]): [number, number][] => values.map((value, place) => [at(place), y.at(value)])
  const marks: SceneMark[] = [
    ...releaseMarks(runs, at),
    ...(machine.length > 0 ? [{ kind: 'line' as const, tone: 'base' as const, dashed: true, points: line(machine) }] : []),
    { kind: 'line', tone: 'head', points: line(index) },
    ...changed.map(([place, worse]): SceneMark => ({
      kind: 'dot', x: at(place), y: y.at(index[place] ?? Number.NaN), tone: worse > 0 ? 'bad' : 'good', shape: worse > 0 ? 'up' : 'down',
    })).filter((mark) => mark.kind !== 'dot' || Number.isFinite(mark.y)),
  ] // prettier-ignore
  return {
    label: `Geometric mean of all ${of} over ${runs.length} runs, first run 100, newest ${number(index.findLast(Number.isFinite) ?? Number.NaN, 4)}`,
    caption: `geometric mean of all ${of}, first run = 100, lower is better`,
    height: 140,
    x: runTicks(runs, at),
    y: y.ticks,
    marks,
    ...(machine.length > 0
      ? {
          legend: [
            { text: 'all cases', tone: 'head' },
            { text: 'nearly all at once: the machine', tone: 'base', dashed: true },
          ],
        }
      : {}),
    probe: {
      at: told.map(at),
      tell: (which) => {
        const place = told[which] ?? 0
        const { commit = '', at: when = '', release = '' } = runs[place] ?? {}
        const [, worse, better] = changed.find(([one]) => one === place) ?? [place, 0, 0]
        const together = machine[place] ?? Number.NaN
        return [
          number(index[place] ?? Number.NaN, 4),
          [release, commit].filter(Boolean).join(' '),
          when.slice(0, 16).replace('T', ' '),
          ...(Number.isFinite(together) ? [`nearly all at once ${number(together, 4)}`] : []),
          ...(worse ? [`${worse} ${worse === 1 ? 'case is' : 'cases are'} worse from here on`] : []),
          ...(better ? [`${better} ${better === 1 ? 'case is' : 'cases are'} better from here on`] : []),
        ]
      },
    },
  }
}

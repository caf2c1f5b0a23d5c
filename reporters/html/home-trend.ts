import { number } from '../../src/report/format.ts'
import type { Scene } from './charts/scene.ts'
import { between } from './charts/scales.ts'
import type { RunLabel } from './panels/panel.ts'
import { releaseMarks, runTicks } from './panels/trend.ts'

/** What all cases did together, run by run. */
export function suiteTrend(index: readonly number[], runs: readonly RunLabel[], changed: readonly number[]): Scene {
  const at = (place: number): number => place / Math.max(1, index.length - 1)
  const y = between(index, 'n', 4, (value) => number(value, 4))
  const told = index.flatMap((value, place) => (Number.isFinite(value) ? [place] : []))
  return {
    label: `Geometric mean of all cases over ${runs.length} runs, first run 100, newest ${number(index.findLast(Number.isFinite) ?? Number.NaN, 4)}`,
    caption: 'geometric mean of all cases, first run = 100, lower is better',
    height: 140,
    x: runTicks(runs, at),
    y: y.ticks,
    marks: [...releaseMarks(runs, at), { kind: 'line', tone: 'head', points: index.map((value, place) => [at(place), y.at(value)]) }],
    probe: {
      at: told.map(at),
      tell: (which) => {
        const place = told[which] ?? 0
        const { commit = '', at: when = '', release = '' } = runs[place] ?? {}
        const steps = changed.filter((one) => one === place).length
        return [
          number(index[place] ?? Number.NaN, 4),
          [release, commit].filter(Boolean).join(' '),
          when.slice(0, 16).replace('T', ' '),
          ...(steps ? [`${steps} ${steps === 1 ? 'step begins' : 'steps begin'} here`] : []),
        ]
      },
    },
  }
}

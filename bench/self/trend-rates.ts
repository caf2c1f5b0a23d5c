/**
 * The rates of trends, by simulation: how often an unchanged history of 500 runs gets a change point, and how soon a planted step in 100 runs is found.
 * Writes the table of docs/statistics.md: `node bench/self/trend-rates.ts [histories]`.
 */
import { levelSteps } from '../../src/baseline/trend-changes.ts'
import { expectations } from '../../src/baseline/trend-expected.ts'
import { changePoints } from '../../src/stats/change-points.ts'
import { eDivisive } from '../../src/stats/e-divisive.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { winsorise } from '../../src/stats/winsorise.ts'
import { normal } from './noise-models.ts'

export interface HistoryNoise {
  readonly name: string
  /** Logarithms of so many runs of unchanged code. */
  readonly draw: (random: () => number, runs: number) => number[]
}

const independent = (one: (random: () => number) => number) => (random: () => number, runs: number) =>
  Array.from({ length: runs }, () => one(random))

export const historyNoises: readonly HistoryNoise[] = [
  { name: 'normal, sd 3 %', draw: independent((random) => 0.03 * normal(random)) },
  {
    name: 'heavy-tailed, sd 3 %',
    draw: independent((random) => {
      const chi = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2
      return (0.03 * normal(random)) / Math.sqrt(chi)
    }),
  },
  {
    name: 'sd 2 %, 3 % of runs up to 50 % slower',
    draw: independent((random) => 0.02 * normal(random) + (random() < 0.03 ? 0.5 * random() : 0)),
  },
  { name: 'two speeds, 8 % apart', draw: independent((random) => 0.015 * normal(random) + (random() < 0.3 ? 0.08 : 0)) },
  {
    name: 'each run half like the one before',
    draw: (random, runs) => {
      let last = 0
      return Array.from({ length: runs }, () => (last = 0.5 * last + 0.02 * normal(random)))
    },
  },
]

/** Share of unchanged histories with at least one change, by method, and anomalies in one history. */
export function falseChanges({ draw }: HistoryNoise, histories: number, seed: number) {
  const random = seededRandom(seed)
  const counts = { pelt: 0, e_divisive: 0, both: 0, anomalies: 0 }
  for (let history = 0; history < histories; history++) {
    const logs = draw(random, 500)
    const calm = winsorise(logs)
    if (changePoints(calm).length > 0) counts.pelt++
    if (eDivisive(calm).length > 0) counts.e_divisive++
    if (levelSteps(logs).length > 0) counts.both++
    counts.anomalies += expectations(logs, []).filter((one) => one?.anomalous).length
  }
  const share = (count: number): number => count / histories
  return { pelt: share(counts.pelt), e_divisive: share(counts.e_divisive), both: share(counts.both), anomalies: share(counts.anomalies) }
}

/** Share of histories of 100 runs in which a step is found within two places, `after` runs after it. */
export function foundSteps({ draw }: HistoryNoise, step: number, after: number, histories: number, seed: number): number {
  const random = seededRandom(seed)
  let found = 0
  for (let history = 0; history < histories; history++) {
    const at = 100 - after
    const logs = draw(random, 100).map((log, index) => log + (index >= at ? Math.log1p(step) : 0))
    if (levelSteps(logs).some(({ index }) => Math.abs(index - at) <= 2)) found++
  }
  return found / histories
}

if (process.argv[1] === import.meta.filename) {
  const histories = Number(process.argv[2] ?? 500)
  const percent = (share: number): string => (100 * share).toFixed(1)
  const cells = [
    [0.05, 20],
    [0.1, 3],
    [0.1, 6],
    [0.2, 3],
  ] as const
  const head = ['noise', 'PELT', 'E-divisive', 'both', 'anomalies', ...cells.map(([step, after]) => `+${100 * step} % after ${after}`)]
  const rows = historyNoises.map((noise) => {
    const wrong = falseChanges(noise, histories, 1)
    const found = cells.map(([step, after]) => percent(foundSteps(noise, step, after, histories, 2)))
    return [noise.name, percent(wrong.pelt), percent(wrong.e_divisive), percent(wrong.both), wrong.anomalies.toFixed(1), ...found]
  })
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
  console.log(`${histories} histories a cell; percent of histories, anomalies in one of 500 runs\n\n${table}`)
}

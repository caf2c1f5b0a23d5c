import { differenceSigma } from '../stats/change-points.ts'
import { studentTQuantile } from '../stats/student-t.ts'
import { winsorise } from '../stats/winsorise.ts'
import { change, changeRange, number } from './format.ts'
import type { RunLabel } from './trend-runs.ts'

export interface VersionView {
  readonly name: string
  readonly value: number
  readonly text: string
  /** Against the version before it; empty for the first. */
  readonly change: string
  /** `[+1.2, +4.8]`, percent, 95 %. */
  readonly interval: string
  /** Bad and good only where the interval is on one side of 0, and the change is 1 % or more. */
  readonly tone: 'good' | 'bad' | 'quiet'
}

interface Level {
  readonly name: string
  readonly mean: number
  readonly runs: number
}

/** Runs that give the level of a version. */
const runsOfLevel = 5
const mostVersions = 8
/** The spread between runs that is assumed until enough is known of it, as it is for predictions (Smyth 2004; STATISTICS.md §4). */
const prior = { runs: 6, spread: 0.03 }
const leastPercent = 1

/**
 * One row a version, oldest first, and this run: the mean of the index over its newest five runs, those before its tag where it has fewer. What all cases did together is
 * taken out: it is mostly the machine.
 */
export function versionsOf(runs: readonly RunLabel[], index: readonly number[], machine: readonly number[], cases: number): VersionView[] {
  const logs = index.map((value, at) => Math.log(value) - (machine.length > 0 ? Math.log((machine[at] ?? Number.NaN) / 100) : 0))
  const places = logs.flatMap((log, at) => (Number.isFinite(log) ? [at] : []))
  const calm = new Map(winsorise(places.map((at) => logs[at] ?? 0)).map((log, at) => [places[at] ?? 0, log]))
  const levels = levelsOf(runs, calm).slice(-mostVersions)
  if (levels.length < 2) return []
  const df = prior.runs + calm.size - 1
  // Cases that share no machine any more are as good as independent: their mean varies less.
  const assumed = prior.spread / Math.sqrt(machine.length > 0 ? cases : 1)
  const spread = Math.sqrt((prior.runs * assumed ** 2 + (calm.size - 1) * differenceSigma([...calm.values()]) ** 2) / df)
  return levels.map((level, at) => versionView(level, levels[at - 1], studentTQuantile(0.975, df) * spread))
}

function levelsOf(runs: readonly RunLabel[], calm: ReadonlyMap<number, number>): Level[] {
  const last = new Map<string, number>()
  for (const [at, { release }] of runs.entries()) if (release) last.set(release, at)
  const tags = [...last].sort(([, a], [, b]) => a - b)
  if (tags.length === 0) return []
  const end = runs.length - 1
  const all = (tags.at(-1)?.[1] ?? end) < end ? [...tags, ['this run', end] as const] : tags
  return all.flatMap(([name, to], at) => {
    const from = at === 0 ? 0 : (all[at - 1]?.[1] ?? -1) + 1
    const values = [...calm].flatMap(([place, log]) => (place >= from && place <= to ? [log] : [])).slice(-runsOfLevel)
    if (values.length === 0) return []
    return [{ name, mean: values.reduce((sum, log) => sum + log, 0) / values.length, runs: values.length }]
  })
}

function versionView({ name, mean, runs }: Level, before: Level | undefined, width: number): VersionView {
  const value = Math.exp(mean)
  const first = { name, value, text: number(value, 4), change: '', interval: '', tone: 'quiet' } as const
  if (!before) return first
  const effect = mean - before.mean
  const half = width * Math.sqrt(1 / runs + 1 / before.runs)
  const [point, low, high] = [effect, effect - half, effect + half].map((log) => Math.expm1(log) * 100) as [number, number, number]
  const counts = Math.abs(point) >= leastPercent && (low > 0 || high < 0)
  return { ...first, change: change(point), interval: changeRange(low, high), tone: counts ? (point > 0 ? 'bad' : 'good') : 'quiet' }
}

import type { Run } from '../model/run.ts'
import type { Trend, TrendRun } from '../model/trend.ts'
import { plain } from './plain-text.ts'

/** A run of the history, as charts name it. */
export interface RunLabel {
  readonly commit: string
  /** ISO 8601. */
  readonly at: string
  readonly release: string
}

/** Runs by their names, with the place of each in the list that the whole report shares. */
export type PlacedRuns = ReadonlyMap<string, { readonly at: number; readonly label: RunLabel }>

/** The name under which the run of the report stands, where the history does not have it. */
export const current = 'this run'

/** The newest runs that any case has, oldest first, and this run as the last. */
export function placedRuns(trends: readonly Trend[], { started_at, environment }: Run, most: number): PlacedRuns {
  const known = new Map<string, TrendRun>()
  // Trends of cases that every run has share one list.
  for (const some of new Set(trends.map(({ runs }) => runs)))
    for (const one of some.slice(-most)) if (!known.has(one.run)) known.set(one.run, one)
  const sorted = [...known.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
  const newest = sorted.at(-1)
  const has = newest !== undefined && Math.abs(Date.parse(newest.at) - started_at) < 1000
  const now: TrendRun = { run: current, at: new Date(started_at).toISOString(), commit: environment.commit }
  const kept = (has ? sorted : [...sorted, now]).slice(-most)
  return new Map(
    kept.map(({ run, at, commit, release }, index) => [
      run,
      { at: index, label: { commit: plain(commit ?? '', 60).slice(0, 7), at: plain(at, 30), release: plain(release ?? '', 30) } },
    ]),
  )
}

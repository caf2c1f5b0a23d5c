import type { Better } from './spec.ts'
import type { Percent } from './units.ts'

/** Where in a history something happened. */
export interface TrendPlace {
  /** Place in `values`. */
  readonly index: number
  readonly run: string
  /** ISO 8601. */
  readonly at: string
  readonly commit: string | null
}

/** A run of a history. All trends share these objects: ten thousand cases with a hundred runs are a million values. */
export interface TrendRun extends Omit<TrendPlace, 'index'> {
  /** Tag of the release that this commit is. */
  readonly release?: string
}

/** The level changed for good: two methods agree. The place is the first run of the new level. */
export interface ChangePoint extends TrendPlace {
  /** Last run of the old level: the change came after this commit. */
  readonly previous_commit: string | null
  readonly direction: 'worse' | 'better'
  readonly change_percent: Percent
  readonly before: number
  readonly after: number
  /** Provisional until five runs followed: the end of a history is unstable. */
  readonly state: 'provisional' | 'confirmed'
}

/** One run outside of what was expected, after which the level stayed. */
export interface Anomaly extends TrendPlace {
  readonly value: number
  readonly expected: readonly [low: number, high: number]
  readonly direction: 'worse' | 'better'
}

/** Runs between two change points. */
export interface TrendLevel {
  /** Places in `values`, both included. */
  readonly from: number
  readonly to: number
  readonly value: number
}

/** How far the newest runs are from the last release. */
export interface SinceRelease {
  readonly release: string
  readonly index: number
  readonly change_percent: Percent
  readonly interval_percent: readonly [low: Percent, high: Percent]
  /** Largest single step since then. */
  readonly largest_step_percent: Percent
  /** Worse by more than the threshold for sure, and no single step explains it: many small ones do. */
  readonly creeping: boolean
}

/** The history of one metric of one case on one machine, with what happened in it. */
export interface Trend {
  readonly case: string
  readonly metric: string
  readonly unit: string
  readonly better: Better
  /** The runs that have the figure, oldest first. */
  readonly runs: readonly TrendRun[]
  /** One for each of `runs`, as `low` and `high` are. */
  readonly values: readonly number[]
  /** Where each run was expected, judged by the runs before it at the same level; NaN with fewer than five of them. 99 %. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly levels: readonly TrendLevel[]
  readonly changes: readonly ChangePoint[]
  readonly anomalies: readonly Anomaly[]
  readonly since_release?: SinceRelease
  /** Whether what all cases did together was taken out before looking for changes. */
  readonly suite_factor_removed: boolean
}

/** All trends of one machine. Other machines have their own history, and are only named here. */
export interface TrendReport {
  readonly fingerprint: string
  readonly machine: string
  readonly runs: number
  readonly trends: readonly Trend[]
  /** What all cases did together: 1 is their usual level. Absent with fewer than ten cases. */
  readonly suite_factor?: Trend
  readonly other_machines: readonly {
    readonly fingerprint: string
    readonly machine: string
    readonly runs: number
    readonly newest: string
  }[]
  /** Lines of the history that could not be used. */
  readonly skipped_lines: number
}

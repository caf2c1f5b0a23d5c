import type { Better } from '../model/spec.ts'

/** One value of one case in one run. */
export interface HistoryValue {
  readonly case: string
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly better: Better
}

/** When, where and from what code a run came. */
export interface HistoryRunHead {
  readonly run: string
  /** ISO 8601. */
  readonly at: string
  readonly commit: string | null
  readonly branch: string | null
  readonly fingerprint: string
  /** The machine in words, to name a history that is kept apart. */
  readonly machine: string
  /** Tag of the release that this commit is. */
  readonly release?: string
}

/** One line of `history.ndjson`. */
export interface HistoryRun extends HistoryRunHead {
  readonly values: readonly HistoryValue[]
}

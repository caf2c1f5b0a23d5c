import type { Better } from '../model/spec.ts'
import type { HistoryRunHead } from './history-run.ts'

/**
 * Values of one metric of one case: `values[i]` is of the machine's run `from + i`, NaN where that run did not measure the case. Dense, because
 * most runs measure all cases, and half the memory of pairs.
 */
export interface HistorySeries {
  readonly case: string
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly from: number
  readonly values: readonly number[]
}

/** All runs of one machine. Machines are never mixed. */
export interface MachineHistory {
  readonly fingerprint: string
  readonly machine: string
  /** Oldest first. */
  readonly runs: readonly HistoryRunHead[]
  readonly series: readonly HistorySeries[]
}

/** A machine whose runs were not asked for. */
export interface OtherMachine {
  readonly fingerprint: string
  readonly machine: string
  readonly runs: number
  /** ISO 8601. */
  readonly newest: string
}

export interface History {
  /** The one with the newest run first. */
  readonly machines: readonly MachineHistory[]
  /** Lines that could not be used: torn, or of another schema. */
  readonly skipped_lines: number
  /** Runs that stood there twice, as a merge can leave them. */
  readonly duplicates: number
  /** Where one machine was asked for: the others, the one with the newest run first. */
  readonly others?: readonly OtherMachine[]
}

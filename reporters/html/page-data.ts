import type { CaseDetail } from './detail/case-detail.ts'
import type { Packed } from './detail/packed.ts'
import type { ChangedRun, SuiteTrend } from './home-trend.ts'
import type { RunLabel } from './panels/panel.ts'
import type { TableData } from './table.ts'

/** Cases that are decoded together when one of them is opened. */
export const chunkSize = 64

/** What the script of the page starts with; the cases lie beside it, in chunks. */
export interface PageData {
  readonly table: TableData
  /** Ids of the cases that want to be looked at, worst first. */
  readonly attention: readonly string[]
  /** The first of them, whose charts are drawn when the list is printed: there is no time then to decode them. */
  readonly printed: readonly CaseDetail[]
  /** Ids in the order of the chunks. */
  readonly places: readonly string[]
  readonly runs: readonly RunLabel[]
  /** What all cases did together, and what of it is the machine. */
  readonly suite: {
    readonly of: SuiteTrend['of']
    readonly index: Packed
    readonly machine: Packed
    readonly changed: readonly ChangedRun[]
  } | null
}

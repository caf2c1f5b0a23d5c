import type { FindingView } from './view-case.ts'

/** One thing to know or do, with every case that it was seen in, the worst first. */
export interface Recommendation extends FindingView {
  /** Empty for a finding of the whole run. */
  readonly cases: readonly { readonly id: string; readonly name: string }[]
}

import type { Compared } from '../model/run.ts'

export interface Observation {
  readonly case: Compared
  readonly metric: string
  readonly actual: number
}
/** What the cases of a run say about an objective: figures, or why there are none. */
export type Answer = readonly Observation[] | string

import type { Finding } from '../model/finding.ts'
import type { Measurement } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'

/** What a kind of case gives back once it ran: one part a case (a comparison has several). */
export interface Outcome {
  readonly measurement: Measurement
  readonly findings: readonly Finding[]
  readonly phases?: readonly Phase[]
  /** Key of this part in a comparison. */
  readonly key?: string
}

/** What the runner of a kind may use. */
export interface CaseTools {
  /** Names the phase that begins now: totals of the sampling are about `measure`. */
  phase(name: string): void
  /** Another process to sample. */
  watch(subject: 'generator', pid: number): void
  readonly signal: AbortSignal
}

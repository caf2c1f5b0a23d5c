import type { Finding } from '../model/finding.ts'
import type { Measurement } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'
import type { CaseKind } from '../model/spec.ts'
import type { EpochMilliseconds, Milliseconds } from '../model/units.ts'
import type { Sampled } from '../sampling/messages.ts'

/** What a kind of case gives back once it ran: one part a case (a comparison has several). */
export interface Outcome {
  readonly measurement: Measurement
  readonly findings: readonly Finding[]
  /** Phases by the clock of the load, where the stages of a ramp are among them. */
  readonly phases?: readonly Phase[]
  /** Key of this part in a comparison, or its size in a series. */
  readonly key?: string
}

/** What was sampled, and when. */
interface Watched extends Partial<Sampled> {
  readonly started_at: EpochMilliseconds
  readonly duration_ms: Milliseconds
}

/** A part of a series, which was watched on its own. The first part is the series itself. */
export interface WatchedOutcome extends Outcome {
  readonly kind: CaseKind
  readonly watched: Watched
}

/** What the runner of a kind may use. */
export interface CaseTools {
  /** Names the phase that begins now: totals of the sampling are about `measure`. */
  readonly phase: (name: string) => void
  /** Another process to sample. */
  readonly watch: (subject: 'generator', pid: number) => void
  /** A process of ours whose figures are nobody's. */
  readonly apart: (pid: number) => void
  readonly signal: AbortSignal
}

/** Runs something while processes are sampled. */
export type Watch = <Result>(run: (tools: CaseTools) => Promise<Result>) => Promise<{ readonly result: Result; readonly watched: Watched }>

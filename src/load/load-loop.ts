import type { Finding } from '../model/finding.ts'

/** A way to send requests. `warmUp` comes first; `measure` resolves when the last request has come to its end. */
export interface LoadLoop {
  /** Requests that were to be sent in the measured time. */
  readonly planned: number
  /** Planned, but not sent: too many were in flight. */
  readonly dropped: number
  /** Sent more than 1 ms after their time, by fault of the generator. */
  readonly late: number
  warmUp(ms: number): Promise<void>
  measure(durationMs: number): Promise<void>
  /** Sends no more and waits for what is out. */
  finish(): void
  /** Sends no more and waits for nothing. */
  abort(): void
  /** The time that the requests are counted over. */
  elapsedMs(): number
  findings(): readonly Finding[]
}

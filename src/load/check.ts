import type { Answer } from './exchange.ts'

/** Judges answers. Which answers it has seen, where it could not see all, is for the findings. */
export interface Check {
  /** Bytes of body it wants of an answer with this status. */
  wanted(status: number): number
  readonly seen: { checked: number; responses: number }
  /** Calls `settle` with the reason of the refusal, or with undefined where the answer is good; perhaps later. */
  judge(answer: Answer, settle: (refusal: string | undefined) => void): void
}

const mostBody = 8 * 1024 * 1024
const mostBodies = 64 * 1024 * 1024

/** What may be kept of one body, so that all the bodies in flight stay within 64 MB. */
export function checkableBytes(inFlight: number): number {
  return Math.min(mostBody, Math.floor(mostBodies / Math.max(1, inFlight)))
}

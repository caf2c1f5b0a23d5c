import type { Answer, EncodedRequest } from './exchange.ts'

/** What a user does once through. It ends, and the user thinks and starts again. */
export type Journey = (user: number, iteration: number, actions: UserActions) => Promise<unknown>

export interface UserActions {
  /** Rejects where there is no answer. */
  send(request: EncodedRequest, user: number): Promise<Answer>
  pause(ms: number, user: number): Promise<void>
}

/** A request of a journey that had no answer: it is in the books already. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** The load is over: what is left of a journey is not to be run. */
export class LoadEnded extends Error {
  override readonly name = 'LoadEnded'
}

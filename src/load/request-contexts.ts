import type { RequestContext } from '../model/spec.ts'
import { randomStream } from './random.ts'

/** Where a user of a request function stands. The same seed gives the same requests, in the generator or where the function was written. */
export class RequestContexts {
  readonly #seed: number
  readonly #streams: (() => number)[] = []
  readonly #iterations: number[] = []

  constructor(seed: number) {
    this.#seed = seed
  }

  position(user: number): number {
    return this.#iterations[user] ?? 0
  }

  /** The last call came to nothing and will be made again. */
  stepBack(user: number): void {
    this.#iterations[user] = Math.max(0, this.position(user) - 1)
  }

  next(user: number): RequestContext {
    const iteration = this.position(user)
    this.#iterations[user] = iteration + 1
    return { user, iteration, random: (this.#streams[user] ??= randomStream(this.#seed, user)) }
  }
}

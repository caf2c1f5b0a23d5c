import type { RequestSpec } from '../model/spec.ts'
import type { EncodedRequest } from './exchange.ts'
import { randomStream } from './random.ts'

/** Gives each user its next request. */
export interface RequestSource {
  /** Undefined where the next request of this user is not there yet; `whenReady` tells when to ask again. */
  next(user: number): EncodedRequest | undefined
  whenReady(user: number, ask: () => void): void
  /** How often a request was not there in time. */
  readonly starved: number
}

/** One request, or a mix of several in the shares of their weights, drawn from the stream of the user. */
export class FixedSource implements RequestSource {
  readonly starved = 0
  readonly #requests: readonly EncodedRequest[]
  readonly #bounds: readonly number[]
  readonly #seed: number
  readonly #streams: (() => number)[] = []

  constructor(requests: readonly EncodedRequest[], specs: readonly RequestSpec[], seed: number) {
    this.#requests = requests
    this.#seed = seed
    let sum = 0
    this.#bounds = specs.map((spec) => (sum += spec.weight ?? 1))
  }

  next(user: number): EncodedRequest | undefined {
    if (this.#requests.length === 1) return this.#requests[0]
    const stream = (this.#streams[user] ??= randomStream(this.#seed, user))
    const drawn = stream() * (this.#bounds.at(-1) ?? 0)
    return this.#requests[this.#bounds.findIndex((bound) => drawn < bound)]
  }

  whenReady(_user: number, ask: () => void): void {
    ask()
  }
}

/** The next request of a user, waited for. */
export async function nextRequest(source: RequestSource, user: number): Promise<EncodedRequest> {
  for (;;) {
    const request = source.next(user)
    if (request) return request
    await new Promise<void>((resolve) => source.whenReady(user, resolve))
  }
}

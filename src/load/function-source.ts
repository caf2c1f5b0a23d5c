import { PerfError } from '../model/error.ts'
import type { RequestSpec } from '../model/spec.ts'
import type { EncodedRequest } from './exchange.ts'
import type { RequestContexts } from './request-contexts.ts'
import type { RequestSource } from './request-source.ts'
import { recreate } from './self-contained.ts'

/** A request function that stands alone is called in the generator, right before each request; otherwise `fallback` brings its requests. */
export class FunctionSource implements RequestSource {
  readonly #contexts: RequestContexts
  readonly #call: ReturnType<typeof recreate<RequestSpec>>
  readonly #encode: (spec: RequestSpec) => EncodedRequest
  readonly #fallback: RequestSource
  #left = false

  constructor(source: string, contexts: RequestContexts, encode: (spec: RequestSpec) => EncodedRequest, fallback: RequestSource) {
    this.#contexts = contexts
    this.#call = recreate<RequestSpec>(source)
    this.#encode = encode
    this.#fallback = fallback
  }

  get starved(): number {
    return this.#fallback.starved
  }

  next(user: number): EncodedRequest | undefined {
    if (this.#left || !this.#call) return this.#fallback.next(user)
    const result = this.#call(this.#contexts.next(user))
    if (result === 'needs its surroundings') {
      this.#left = true
      this.#contexts.stepBack(user)
      return this.#fallback.next(user)
    }
    if ('threw' in result) throw new PerfError('CASE_THREW', `The request function threw: ${result.threw}`)
    return this.#encode(result.ok)
  }

  whenReady(user: number, ask: () => void): void {
    this.#fallback.whenReady(user, ask)
  }
}

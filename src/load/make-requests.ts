import { PerfError } from '../model/error.ts'
import type { RequestSource, RequestSpec } from '../model/spec.ts'
import type { RequestOrder } from './relayed-source.ts'
import { RequestContexts } from './request-contexts.ts'

/**
 * Calls the request function where it was written, in batches ahead of need. A user that the generator served up to some iteration is brought
 * there first, so that his stream of random numbers stands where it would.
 */
export function makeRequests(request: RequestSource, seed: number): (order: RequestOrder) => readonly RequestSpec[] {
  const contexts = new RequestContexts(seed)
  return ({ user, from, count }) => {
    if (typeof request !== 'function') return []
    const make = (): RequestSpec => {
      try {
        return request(contexts.next(user))
      } catch (cause) {
        throw new PerfError('CASE_THREW', `The request function threw: ${cause instanceof Error ? cause.message : String(cause)}`, {
          cause,
        })
      }
    }
    while (contexts.position(user) < from) make()
    return Array.from({ length: count }, make)
  }
}

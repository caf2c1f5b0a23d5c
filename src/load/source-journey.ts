import type { RequestSource } from './request-source.ts'
import type { Journey } from './journey.ts'

/** The journey of a user without a session: one request of the case. */
export function sourceJourney(source: RequestSource): Journey {
  return async (user, _iteration, actions) => {
    let request = source.next(user)
    while (!request) {
      await new Promise<void>((resolve) => source.whenReady(user, resolve))
      request = source.next(user)
    }
    return actions.send(request, user)
  }
}

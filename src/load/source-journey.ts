import { nextRequest } from './request-source.ts'
import type { RequestSource } from './request-source.ts'
import type { Journey } from './journey.ts'

/** The journey of a user without a session: one request of the case. */
export function sourceJourney(source: RequestSource): Journey {
  return async (user, _iteration, actions) => actions.send(await nextRequest(source, user), user)
}

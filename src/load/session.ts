import { PerfError } from '../model/error.ts'
import type { CheckedResponse, RequestSpec, SessionUser } from '../model/spec.ts'
import { CookieJar } from './cookie-jar.ts'
import type { Answer, EncodedRequest } from './exchange.ts'
import { randomStream } from './random.ts'
import { headerFields } from './response-head.ts'
import type { LoadJob } from './job.ts'
import type { Journey } from './journey.ts'
import { OptionCheck } from './option-check.ts'

/** The journey of a user who runs a session of the test file. Jar and stream of random numbers are the user's own, over all his sessions. */
export function sessionJourney(
  session: (user: SessionUser) => Promise<unknown>,
  { name: caseName, seed }: Pick<LoadJob, 'name' | 'seed'>,
  encode: (spec: RequestSpec, name: string) => EncodedRequest,
): Journey {
  const users: { readonly jar: CookieJar; readonly random: () => number }[] = []
  return async (id, iteration, actions) => {
    const { jar, random } = (users[id] ??= { jar: new CookieJar(), random: randomStream(seed, id) })
    return session({
      id,
      iteration,
      random,
      async request(name, spec) {
        if (typeof name !== 'string' || name === '') throw new PerfError('OPTION_INVALID', 'A step of a session has no name.')
        const cookie = jar.header(spec.path)
        const own = Object.keys(spec.headers ?? {}).some((key) => key.toLowerCase() === 'cookie')
        const headers = cookie === undefined || own ? spec.headers : { ...spec.headers, cookie }
        const answer = await actions.send(encode({ ...spec, ...(headers ? { headers } : {}) }, name), id)
        jar.take(answer.head.text, spec.path)
        return response(answer)
      },
      think: async (duration) => actions.pause(new OptionCheck(caseName).milliseconds('think', duration), id),
    })
  }
}

/** An answer as checks and sessions read it. */
export function response({ head, body }: Pick<Answer, 'head' | 'body'>): CheckedResponse {
  let text: string | undefined
  const read = (): string => (text ??= body?.toString() ?? '')
  return { status: head.status, headers: headerFields(head.text), text: read, json: () => JSON.parse(read()) as unknown }
}

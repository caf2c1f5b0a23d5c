import { expect, test } from 'vitest'
import { decideJob } from '../../src/load/decide-job.ts'
import { readTarget } from '../../src/load/target.ts'

const origin = 'http://127.0.0.1:1'
const decide = (options: object) =>
  decideJob({ name: 'search', origin, request: { path: '/' }, durationMs: 1000, warmupMs: 0, ...options }, readTarget(origin, undefined))

test.for([
  [{ connections: 0 }, 'The option connections of "search" is 0; it must be a whole number of 1 or more.'],
  [{ connections: '5' }, 'The option connections of "search" is "5"'],
  [{ amount: 1.5 }, 'The option amount of "search" is 1.5'],
  [{ pipelining: -1 }, 'The option pipelining of "search" is -1'],
  [{ rate: 0 }, 'The option rate of "search" is 0'],
  [{ rate: 5, arrivals: 'posson' }, 'The option arrivals of "search" is "posson"; it must be "constant" or "poisson".'],
  [{ rate: 5, maxInFlight: 0 }, 'The option maxInFlight of "search" is 0'],
  [{ stages: [] }, 'it must be a list of { rate, duration }, at least one'],
  [{ stages: [{ rate: 1, duration: '1x' }] }, 'The option stages[0].duration of "search" is "1x"'],
  [{ users: 0 }, 'The option users of "search" is 0'],
  [{ users: 2, rampUp: 'soon' }, 'The option rampUp of "search" is "soon"'],
  [{ arrivals: 'poisson' }, 'The option arrivals of "search" needs a rate or stages beside it.'],
  [{ connections: 2, thinkTime: '1s' }, 'The option thinkTime of "search" needs users or a session beside it.'],
  [{ seed: -1 }, 'The option seed of "search" is -1; it must be a whole number of 0 or more.'],
  [{ seed: 'x' }, 'The option seed of "search" is "x"'],
  [{ abort_on_fail: 'x' }, 'The option abort_on_fail of "search" is "x"; it must be true, false, or a percentage'],
  [{ abort_on_fail: -3 }, 'The option abort_on_fail of "search" is -3'],
  [{ abort_on_fail: 101 }, 'The option abort_on_fail of "search" is 101'],
  [{ requestTimeout: 0 }, 'The option requestTimeout of "search" is 0'],
  [{ check: 'ok' }, 'The option check of "search" is "ok"; it must be a function of the answer.'],
  [{ pool: { sockets: 0 } }, 'The option pool.sockets of "search" is 0'],
  [{ pool: { socket: 2 } }, 'The option pool of "search" has no "socket"; did you mean "sockets"?'],
  [{ pool: { keepAlive: 'no' } }, 'The option pool.keepAlive of "search" is "no"; it must be true or false.'],
  [{ request: { path: 'x' } }, 'A request of "search" is not well formed: the path "x" does not start with "/".'],
  [{ request: [] }, 'The case "search" has no request.'],
  [{ request: [{ path: '/', weight: 0 }] }, 'The option requests[0].weight of "search" is 0'],
] as const)('%o is refused, with the case and what is allowed', ([options, message]) => {
  expect(() => decide(options)).toThrow(message)
})

test.for([
  { seed: 0 },
  { abort_on_fail: 0 },
  { abort_on_fail: true },
  { abort_on_fail: 100 },
  { rate: 5, arrivals: 'poisson' },
  { users: 3, thinkTime: '1s' },
])('%o is accepted', (options) => {
  expect(decide(options).name).toBe('search')
})

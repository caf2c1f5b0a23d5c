import { describe, expectTypeOf, it } from 'vitest'
import { bench, describePerf, notApplicable } from '../../src/index.ts'
import type { RunningServer } from '../../src/model/server.ts'

describe('the types of what a user writes', () => {
  it('give the server and Vitest’s context to a case', () => {
    bench('a', ({ server, task }) => {
      expectTypeOf(server).toEqualTypeOf<RunningServer>()
      expectTypeOf(task.name).toEqualTypeOf<string>()
    })
  })

  it('give hooks the context of the case', () => {
    bench('a', { setup: ({ server }) => expectTypeOf(server.url).toEqualTypeOf<string>() }, () => 1)
  })

  it('infer the items of each and for', () => {
    bench.each([1, 2])('a %i', (n) => expectTypeOf(n).toEqualTypeOf<number>())
    bench.each([[1, 'one'] as const])('a %i %s', (n, word) => {
      expectTypeOf(n).toEqualTypeOf<1>()
      expectTypeOf(word).toEqualTypeOf<'one'>()
    })
    bench.for([{ n: 1 }])('a $n', ({ n }, { server }) => {
      expectTypeOf(n).toEqualTypeOf<number>()
      expectTypeOf(server).toEqualTypeOf<RunningServer>()
    })
  })

  it('infer fixtures of extend', () => {
    const extended = bench.extend({
      size: 5,
      database: async ({ size }: { size: number }, use: (value: { query(): string }) => Promise<void>) => {
        await use({ query: () => `SELECT ${size}` })
      },
    })
    extended('a', ({ database, size, server }) => {
      expectTypeOf(database.query()).toEqualTypeOf<string>()
      expectTypeOf(size).toEqualTypeOf<number>()
      expectTypeOf(server).toEqualTypeOf<RunningServer>()
    })
  })

  it('accept durations as written and refuse others', () => {
    bench('a', { time: '5s' }, () => 1)
    bench('a', { time: 250 }, () => 1)
    // @ts-expect-error -- not a length of time
    bench('a', { time: 'soon' }, () => 1)
    // @ts-expect-error -- not an option
    bench('a', { tiem: '5s' }, () => 1)
  })

  it('know the requests and answers of an http case', () => {
    bench.http('a', { method: 'POST', path: '/', body: { a: 1 } }, { connections: 5, check: (response) => response.status === 200 })
    bench.http('a', [{ path: '/', weight: 2 }, { path: '/b' }], { rate: 100, duration: '5s' })
    bench.http('a', ({ user, random }) => ({ path: `/${user}/${random()}` }), { users: 5 })
    // @ts-expect-error -- no such method
    bench.http('a', { method: 'FETCH', path: '/' })
  })

  it('hand what setup made to the body of a scale case, awaited', () => {
    bench.scale('a', { over: [1, 10], setup: async (n, { server }) => ({ n, url: server.url }) }, ({ n, url }, { task }) => {
      expectTypeOf(n).toEqualTypeOf<number>()
      expectTypeOf(url).toEqualTypeOf<string>()
      expectTypeOf(task.name).toEqualTypeOf<string>()
    })
    bench.scale('a', { setup: (n) => new Map<number, string>([[n, 'a']]), teardown: (map) => map.clear() }, (map) => map.get(1))
    // @ts-expect-error -- nothing to measure on
    bench.scale('a', { over: [1] }, () => 1)
  })

  it('know objectives and refuse the shape that users and capacity decide', () => {
    bench.users('a', { path: '/' }, { over: [1, 5], duration: '1s', thinkTime: '100ms' })
    bench.capacity('a', { path: '/' }, { keep: ['p99_time_ms < 50', 'success_rate >= 99.9'], from: 10, to: 100, probe: '1s' })
    // @ts-expect-error -- no such metric
    bench.capacity('a', { path: '/' }, { keep: 'p99_tmie_ms < 50' })
    // @ts-expect-error -- the number of users is what it ranges over
    bench.users('a', { path: '/' }, { connections: 5 })
  })

  it('want a number from track', () => {
    bench.track('a', async () => 1, { unit: 'B', better: 'lower' })
    // @ts-expect-error -- text is no number
    bench.track('a', () => 'one')
  })

  it('never come back from notApplicable', () => {
    expectTypeOf(notApplicable).returns.toEqualTypeOf<never>()
    describePerf('a', { server: { command: 'node server.js' }, time: '1s' }, () => {})
  })
})

import { describe, expect } from 'vitest'
import { load, test } from './servers.ts'

describe('users', () => {
  test('go through a session with a connection and a cookie jar each, and its steps are timed by name', async ({ httpServer }) => {
    let logins = 0
    const origin = await httpServer((request, response) => {
      if (request.url === '/login') {
        logins += 1
        response.setHeader('set-cookie', [`id=${logins}; Path=/; HttpOnly`, 'old=1; Max-Age=0'])
      }
      response.end(JSON.stringify({ cookie: request.headers.cookie ?? null }))
    })
    const cookies = new Map<number, Set<unknown>>()
    const { measurement, metrics } = await load(origin, {
      users: 3,
      durationMs: 500,
      session: async (user) => {
        if (user.iteration === 0) await user.request('login', { method: 'POST', path: '/login' })
        const me = await user.request('me', { path: '/me?x=1' })
        const seen = cookies.get(user.id) ?? new Set()
        cookies.set(user.id, seen.add(me.json().cookie))
        await user.think('5ms')
      },
    })
    expect([...cookies.values()].map((seen) => seen.size)).toEqual([1, 1, 1])
    expect(new Set([...cookies.values()].flatMap((seen) => [...seen])).size).toBe(3)
    expect(measurement.model).toBe('users')
    expect(measurement.steps['me']?.requests).toBeGreaterThan(10)
    expect(metrics).toMatchObject({ connections_opened: 3, success_rate: 100 })
    expect(measurement.ceiling.reason).toContain('process of the tests')
  })

  test('who throw have refused the answer they saw last', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end('no')
    })
    const { measurement, metrics } = await load(origin, {
      durationMs: 200,
      session: async (user) => {
        const answer = await user.request('ask', { path: '/' })
        if (answer.text() !== 'yes') throw new Error('not yes')
      },
    })
    expect(metrics['success_rate']).toBe(0)
    expect(measurement.first_failures[0]).toMatchObject({ kind: 'check', message: 'the session threw: not yes' })
  })

  test('see status errors as answers, and connection errors as rejections', async ({ httpServer }) => {
    const origin = await httpServer((request, response) => {
      if (request.url === '/broken') request.socket.destroy()
      else response.writeHead(404).end('nothing here')
    })
    const seen = new Set<string>()
    const { measurement } = await load(origin, {
      durationMs: 200,
      session: async (user) => {
        seen.add((await user.request('absent', { path: '/absent' })).text())
        await user.request('broken', { path: '/broken' }).catch((error: Error) => {
          if (error.name === 'NoAnswer') seen.add(error.message.split(':')[0]!)
        })
      },
    })
    expect(seen).toEqual(new Set(['nothing here', 'connection']))
    expect(measurement.failures.status).toBe(measurement.steps['absent']?.failures)
    expect(measurement.failures.connection).toBe(measurement.steps['broken']?.failures)
  })

  test('whose session throws before any request fail the case', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const session = async (): Promise<void> => {
      throw new Error('typing mistake')
    }
    await expect(load(origin, { session, durationMs: 200 })).rejects.toMatchObject({
      code: 'CASE_THREW',
      message: expect.stringContaining('typing mistake') as string,
    })
  })

  test('whose pauses set the rate say so', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const { measurement } = await load(origin, { users: 2, thinkTime: 100, durationMs: 500 })
    expect(measurement.ceiling.verdict).toBe('schedule')
    expect(measurement.requests).toBeLessThanOrEqual(14)
    expect(measurement.connections.opened).toBe(2)
  })

  test('who share a pool wait for a free connection, and those without keep-alive open one for each request', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      setTimeout(() => response.end(), 20)
    })
    const shared = await load(origin, { users: 4, durationMs: 400, pool: { sockets: 1 } })
    expect(shared.metrics['connections_opened']).toBe(1)
    expect(shared.metrics['connection_wait_ms']).toBeGreaterThan(20)
    const single = await load(origin, { users: 2, durationMs: 200, pool: { keepAlive: false } })
    expect(single.metrics['connections_reused']).toBe(0)
    expect(single.metrics['connections_opened']).toBeGreaterThanOrEqual(single.measurement.requests)
  })

  test('come one after the other while they ramp up, before the measurement', async ({ httpServer }) => {
    const first: number[] = []
    const origin = await httpServer((request, response) => {
      first.push(request.socket.remotePort ?? 0)
      setTimeout(() => response.end(), 5)
    })
    const { phases } = await load(origin, { users: 4, rampUp: 400, durationMs: 200 })
    expect(new Set(first).size).toBe(4)
    expect(phases[0]!.to_ms - phases[0]!.from_ms).toBeGreaterThanOrEqual(395)
  })
})

import { describe, expect } from 'vitest'
import { codes, load, test, transports } from './servers.ts'
import type { HttpServer } from './servers.ts'

const wanted = 'success'

async function statusServer(httpServer: HttpServer): Promise<string> {
  let count = 0
  return httpServer((_request, response) => {
    count += 1
    response.end(JSON.stringify({ status: count % 4 === 0 ? 'error' : 'success' }))
  })
}

describe.for(transports)('a check of answers over %s', { concurrent: true }, (transport) => {
  test('that stands alone is run on every answer', async ({ httpServer }) => {
    const { metrics, findings } = await load(await statusServer(httpServer), {
      transport,
      amount: 400,
      check: (response) => response.status === 200 && response.headers['content-length'] !== '0' && response.json().status === 'success',
    })
    expect(metrics['check_error_count']).toBe(100)
    expect(codes(findings)).not.toContain('checks_sampled')
  })

  test('that refers to the test file is called there, once for equal answers', async ({ httpServer }) => {
    let calls = 0
    const { metrics, findings } = await load(await statusServer(httpServer), {
      transport,
      amount: 400,
      check: (response) => {
        calls += 1
        return response.json().status === wanted
      },
    })
    expect(metrics['check_error_count']).toBe(100)
    expect(calls).toBe(2)
    expect(codes(findings)).not.toContain('checks_sampled')
  })

  test('that must be called in the test file sees a bounded number of different answers, and the result says how many', async ({
    httpServer,
  }) => {
    let count = 0
    const origin = await httpServer((_request, response) => {
      count += 1
      response.end(`${wanted} ${count}`)
    })
    let calls = 0
    const { findings } = await load(origin, {
      transport,
      amount: 3000,
      check: (response) => {
        calls += 1
        return response.text().startsWith(wanted)
      },
    })
    expect(calls).toBeGreaterThanOrEqual(200)
    expect(calls).toBeLessThan(3000)
    expect(findings).toContainEqual({ code: 'checks_sampled', facts: { checked: calls, responses: 3000 } })
  })

  test('that throws has refused, with its message', async ({ httpServer }) => {
    const { metrics, measurement } = await load(await statusServer(httpServer), {
      transport,
      amount: 10,
      check: (response) => {
        if (response.status === 200) throw new Error('no good')
      },
    })
    expect(metrics['check_error_count']).toBe(10)
    expect(measurement.first_failures[0]?.message).toBe('the check threw: no good')
  })

  test('has its first five refusals kept, each with 2 kB of the body', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end('ü'.repeat(5000))
    })
    const { measurement } = await load(origin, { transport, amount: 8, check: (response) => response.text() === 'short' })
    expect(measurement.failures.check).toBe(8)
    expect(measurement.first_failures.map(({ kind, body }) => ({ kind, body }))).toEqual(
      Array.from({ length: 5 }, () => ({ kind: 'check', body: 'ü'.repeat(1024) })),
    )
  })

  test('that answers later is refused: its promise would always pass', async ({ httpServer }) => {
    const { measurement } = await load(await statusServer(httpServer), {
      transport,
      amount: 2,
      connections: 1,
      check: async () => false,
    })
    expect(measurement.first_failures[0]?.message).toContain('returned a promise')
  })

  test('written as a method works too', async ({ httpServer }) => {
    const checks = {
      check(response: { status: number }) {
        return response.status === 201
      },
    }
    const { metrics } = await load(await statusServer(httpServer), {
      transport,
      amount: 10,
      check: checks.check,
    })
    expect(metrics['check_error_count']).toBe(10)
  })

  test('is not asked about an answer whose status is an error already', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(404).end('gone')
    })
    const { metrics } = await load(origin, {
      transport,
      amount: 10,
      check: () => false,
    })
    expect(metrics).toMatchObject({ status_error_count: 10, check_error_count: 0 })
  })
})

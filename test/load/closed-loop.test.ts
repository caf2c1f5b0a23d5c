import { describe, expect } from 'vitest'
import { codes, load, test, transports } from './servers.ts'

describe.for(transports)('a closed loop over %s', { concurrent: true }, (transport) => {
  test('sends as many requests as asked for, each on an open connection, and counts every byte', async ({ httpServer }) => {
    let seen = 0
    const origin = await httpServer((_request, response) => {
      seen += 1
      response.setHeader('content-length', 5).end('hello')
    })
    const { measurement, metrics, phases } = await load(origin, { transport, amount: 400, connections: 4 })
    expect(seen).toBe(400)
    expect(measurement.requests).toBe(400)
    expect(measurement.planned).toBe(400)
    expect(measurement.body_bytes_received).toBe(2000)
    expect(metrics['body_bytes_per_request']).toBe(5)
    expect(metrics['header_bytes_per_request']).toBeGreaterThan(60)
    expect(metrics).toMatchObject({ success_rate: 100, error_count: 0, connections_opened: 4, connections_reused: 396 })
    expect(phases.map(({ name }) => name)).toEqual(['warm-up', 'measure'])
  })

  test('measures each answer from its request to its last byte', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(200).write('first')
      setTimeout(() => response.end('last'), 50)
    })
    const { metrics } = await load(origin, { transport, amount: 10, connections: 2 })
    expect(metrics['min_time_ms']).toBeGreaterThanOrEqual(49)
    expect(metrics['p50_time_ms']).toBeGreaterThanOrEqual(49)
  })

  test('asks no more of a connection than there is to send', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      setTimeout(() => response.end(), 100)
    })
    const { metrics, measurement } = await load(origin, { transport, amount: 2, connections: 10 })
    expect(measurement.requests).toBe(2)
    expect(metrics['requests_per_second']).toBeLessThan(20.5)
  })

  test('does not count what was sent to warm up', async ({ httpServer }) => {
    let seen = 0
    const origin = await httpServer((_request, response) => {
      seen += 1
      setTimeout(() => response.end(), 10)
    })
    const { measurement } = await load(origin, { transport, connections: 1, warmupMs: 300, durationMs: 300 })
    expect(measurement.requests).toBeGreaterThan(0)
    expect(seen).toBeGreaterThan(measurement.requests)
  })

  test('keeps several requests on one connection when it pipelines, and matches answers in order', async ({ httpServer }) => {
    const origin = await httpServer((request, response) => {
      response.end(request.url)
    })
    const { metrics } = await load(origin, {
      transport,
      amount: 300,
      connections: 1,
      pipelining: 8,
      request: [{ path: '/a' }, { path: '/bb', method: 'HEAD' }, { path: '/ccc' }],
      check: (response) => response.text() === '' || response.text().startsWith('/'),
    })
    expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 1 })
  })

  test('goes on after a server closes its connections, without a failure that was none', async ({ httpServer }) => {
    let served = 0
    const origin = await httpServer((_request, response) => {
      served += 1
      if (served % 10 === 0) response.setHeader('connection', 'close')
      response.end()
    })
    const { metrics } = await load(origin, { transport, amount: 100, connections: 2 })
    expect(metrics).toMatchObject({ success_rate: 100, error_count: 0 })
    expect(metrics['connections_opened']).toBeGreaterThanOrEqual(10)
  })

  test('half of the answers with status 500 are a success rate of 50', async ({ httpServer }) => {
    let count = 0
    const origin = await httpServer((_request, response) => {
      count += 1
      response.statusCode = count % 2 ? 500 : 200
      response.end(`no ${count}`)
    })
    const { metrics, estimates, measurement, findings } = await load(origin, { transport, amount: 1000, connections: 5 })
    expect(metrics['success_rate']).toBeGreaterThan(45)
    expect(metrics['success_rate']).toBeLessThan(55)
    expect(estimates['success_rate']?.low).toBeLessThan(50)
    expect(estimates['success_rate']?.high).toBeGreaterThan(50)
    expect(metrics['status_error_count']).toBe(500)
    expect(measurement.first_failures).toHaveLength(5)
    expect(measurement.first_failures[0]).toMatchObject({
      kind: 'status',
      status: 500,
      message: 'status 500',
      body: expect.stringMatching(/^no \d+$/) as string,
    })
    expect(codes(findings)).toContain('failed_requests')
  })

  test('gives each request of a mix its share and its own times', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const { measurement } = await load(origin, { transport, amount: 1000, request: [{ path: '/often', weight: 3 }, { path: '/seldom' }] })
    expect(Object.keys(measurement.steps).sort()).toEqual(['GET /often', 'GET /seldom'])
    const often = measurement.steps['GET /often']?.requests ?? 0
    expect(often).toBeGreaterThan(650)
    expect(often).toBeLessThan(850)
  })
})

describe('a closed loop with a pool', { concurrent: true }, () => {
  test('opens a connection for each request where keep-alive is off', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const { metrics } = await load(origin, { amount: 40, connections: 2, pool: { keepAlive: false } })
    expect(metrics).toMatchObject({ connections_reused: 0, success_rate: 100 })
    expect(metrics['connections_opened']).toBeGreaterThanOrEqual(40)
  })

  test('shows the wait for a free connection where the pool is too small', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      setTimeout(() => response.end(), 20)
    })
    const { metrics } = await load(origin, { amount: 40, connections: 8, pool: { sockets: 2 } })
    expect(metrics['connections_opened']).toBe(2)
    expect(metrics['connection_wait_ms']).toBeGreaterThan(20)
    expect(metrics['p50_time_ms']).toBeGreaterThan(60)
  })
})

test.for(transports)(
  'the time from the last failure to the earlier rate is told over %s',
  // A machine that others use may not come back to the earlier rate in time; it is tried again.
  { concurrent: true, retry: 2 },
  async (transport, { httpServer }) => {
    let broken: number | undefined
    const origin = await httpServer((request, response) => {
      broken ??= performance.now() + 1000
      const into = performance.now() - broken
      if (into > 0 && into < 300) request.socket.destroy()
      else setTimeout(() => response.end(), 20)
    })
    const { metrics, measurement } = await load(origin, { transport, connections: 10, durationMs: 3000 })
    expect(measurement.failures.connection).toBeGreaterThan(0)
    expect(metrics['recovery_time_ms']).toBeGreaterThanOrEqual(0)
    expect(metrics['recovery_time_ms']).toBeLessThan(1200)
    expect(measurement.windows.length).toBeGreaterThanOrEqual(3)
    expect(measurement.windows.reduce((sum, window) => sum + window.requests, 0)).toBe(measurement.requests)
  },
)

import { describe, expect } from 'vitest'
import type { HttpSpec } from '../../src/model/spec.ts'
import { openAutocannon } from '../../src/load/autocannon-wire.ts'
import { decideJob } from '../../src/load/decide-job.ts'
import { openDirect } from '../../src/load/direct-wire.ts'
import { readTarget } from '../../src/load/target.ts'
import type { OpenWire } from '../../src/load/wire.ts'
import { load, onRequest, test } from './servers.ts'

function plan(options: Partial<HttpSpec>) {
  const spec = { name: 'case', origin: 'http://127.0.0.1', request: { path: '/' }, durationMs: 1, warmupMs: 0, ...options }
  return decideJob(spec, readTarget(spec.origin, undefined)).transport
}

describe('the transport', () => {
  test('of a closed loop is autocannon, where its options allow it', () => {
    expect(plan({})).toEqual({ use: 'autocannon', asked: false })
    expect(plan({ amount: 5, pipelining: 4, request: { path: '/', method: 'HEAD' } })).toEqual({ use: 'autocannon', asked: false })
    expect(plan({ transport: 'direct' })).toEqual({ use: 'direct' })
    expect(plan({ transport: 'autocannon' })).toEqual({ use: 'autocannon', asked: true })
  })

  test.for([
    ['https', { origin: 'https://127.0.0.1' }, 'certificates'],
    ['a pool', { pool: { sockets: 2 } }, 'no pool'],
    ['no keep-alive', { pool: { keepAlive: false } }, 'no pool'],
  ] as const)('of a closed loop with %s is direct, and says why; asking for autocannon is refused', ([, options, why]) => {
    expect(plan(options)).toEqual({ use: 'direct', reason: expect.stringContaining(why) as string })
    expect(() => plan({ ...options, transport: 'autocannon' })).toThrow(why)
  })

  test('of open loops and users is direct; asking for autocannon is refused', () => {
    for (const options of [{ rate: 5 }, { stages: [{ rate: 5, duration: 1 }] }, { users: 2 }, { session: async () => {} }]) {
      expect(plan(options)).toEqual({ use: 'direct' })
      expect(() => plan({ ...options, transport: 'autocannon' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    }
    expect(() => plan({ transport: 'undici' as 'direct' })).toThrow('must be "autocannon" or "direct"')
  })
})

describe('a first answer that', { concurrent: true }, () => {
  const one = { amount: 3, connections: 1 } as const

  test.for([
    ['closes the connection', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok', 'closes the connection'],
    ['has no length', 'HTTP/1.1 200 OK\r\n\r\nok', 'closes the connection'],
    ['is broken', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok', 'the first answer is broken: 1 bytes follow'],
    ['comes after an interim one', 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'interim'],
    ['has a transfer-encoding of its own', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: x, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 'transfer-enc'],
  ] as const)('%s has the load sent directly, and says why; asking for autocannon is refused', async ([, answer, why], { tcpServer }) => {
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        socket.write(answer)
        if (why.includes('closes')) socket.end()
      }),
    )
    const { measurement } = await load(origin, one)
    expect(measurement).toMatchObject({ transport: 'direct', transport_reason: expect.stringContaining(why) as string, requests: 3 })
    await expect(load(origin, { ...one, transport: 'autocannon' })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(why) as string,
    })
  })

  test('does not come has the load sent directly, and says why', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.end()))
    const { measurement } = await load(origin, one)
    expect(measurement).toMatchObject({ transport: 'direct', requests: 3, failures: { connection: 3 } })
    expect(measurement.transport_reason).toBe('the first request got no answer: the server closed the connection without an answer')
  })

  test('is an error that repeats a secret keeps it out of the reason', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => socket.on('data', () => socket.write('token-1234 is no HTTP\r\n\r\n')))
    const { measurement } = await load(origin, { ...one, request: { path: '/', headers: { authorization: 'Bearer token-1234' } } })
    expect(measurement.transport_reason).toContain('[redacted] is no HTTP')
  })

  test('is well formed has autocannon send the load, also to a name for this machine', async ({ httpServer }) => {
    const origin = await httpServer((request, response) => {
      response.writeHead(request.method === 'HEAD' ? 200 : 204).end()
    })
    const request = [{ path: '/' }, { path: '/', method: 'HEAD' }] as const
    const { measurement, metrics } = await load(origin.replace('127.0.0.1', 'localhost'), { amount: 20, connections: 2, request })
    expect(measurement).toMatchObject({ transport: 'autocannon', requests: 20 })
    expect(measurement).not.toHaveProperty('transport_reason')
    expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 2 })
  })
})

describe.for([
  ['autocannon', openAutocannon],
  ['direct', openDirect],
] as const)('a wire of %s', { concurrent: true }, ([, openWire]) => {
  const target = (origin: string) => readTarget(origin, undefined)

  test('tells of an answer that nobody asked for', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    const told = await firstEvent(openWire, target(origin), false)
    expect(told).toBe(openWire === openDirect ? 'answered' : 'failed: the server sent an answer to no request')
  })

  test('tells of an answer that is an interim one, or passes over it', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 N\r\n\r\n')))
    const told = await firstEvent(openWire, target(origin), true)
    expect(told).toBe(openWire === openDirect ? 'answered' : 'failed: autocannon takes an interim answer (100) for the answer')
  })

  test('that is destroyed tells only that it is gone', async ({ tcpServer }) => {
    const origin = await tcpServer(() => {})
    const told = firstEvent(openWire, target(origin), true, (wire) => wire.destroy())
    expect(await told).toBe('lost: nothing')
  })
})

/** What a wire tells first once it is connected. */
async function firstEvent(
  openWire: OpenWire,
  target: ReturnType<typeof readTarget>,
  asks: boolean,
  then: (wire: ReturnType<OpenWire>) => void = () => {},
): Promise<string> {
  return new Promise((resolve) => {
    const tell = (told: string): void => {
      resolve(told)
      wire.destroy()
    }
    const wire = openWire(
      target,
      {
        keepBody: () => 0,
        connected: () => {
          if (asks) wire.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
          then(wire)
        },
        answered: () => tell('answered'),
        failed: ({ message }) => tell(`failed: ${message}`),
        lost: (error) => tell(`lost: ${error?.message ?? 'nothing'}`),
      },
      10_000,
    )
  })
}

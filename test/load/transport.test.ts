import { describe, expect } from 'vitest'
import type { HttpSpec } from '../../src/model/spec.ts'
import { openAutocannon } from '../../src/load/autocannon-wire.ts'
import { decideJob } from '../../src/load/decide-job.ts'
import { openDirect } from '../../src/load/direct-wire.ts'
import { readTarget } from '../../src/load/target.ts'
import { settleTransport } from '../../src/load/settle-transport.ts'
import type { OpenWire, WireEvents } from '../../src/load/wire.ts'
import { codes, load, onRequest, test } from './servers.ts'

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

const missing: string = 'no-such-autocannon'

describe('an autocannon that', { concurrent: true }, () => {
  const job = { name: 'case', transport: { use: 'autocannon', asked: false } } as const
  const asked = { name: 'case', transport: { use: 'autocannon', asked: true } } as const
  /** Opens a connection as autocannon does; `change` is what another version of it might do. */
  const changed = (change: (events: WireEvents) => Partial<WireEvents>): OpenWire => {
    return (target, events, timeoutMs) => openAutocannon(target, { ...events, ...change(events) }, timeoutMs)
  }

  test('brings a request and its answer across is used', async () => {
    expect(await settleTransport(asked)).toMatchObject({ openWire: openAutocannon, sent: { transport: 'autocannon' }, findings: [] })
  })

  test.for<[string, () => Promise<OpenWire>, string]>([
    ['is not there', async () => import(missing), 'no-such-autocannon'],
    [
      'has no such client',
      () => Promise.resolve(() => new (Object.create(null) as { Client: new () => never }).Client()),
      'not a constructor',
    ],
    ['counts bytes otherwise', () => Promise.resolve(changed(miscounting)), 'an answer was told of that was none'],
    ['loses its connection', () => Promise.resolve(changed(losing)), 'the connection was lost'],
  ])('%s has the load sent directly, and a finding says why; asking for it is refused', async ([, load, why]) => {
    const reason = expect.stringMatching(`^the autocannon that is installed cannot be used: .*${why}`) as string
    expect(await settleTransport(job, load)).toEqual({
      openWire: openDirect,
      sent: { transport: 'direct', transport_reason: reason },
      findings: [{ code: 'transport_replaced', facts: { reason } }],
    })
    await expect(settleTransport(asked, load)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(why) as string,
    })
  })

  const miscounting = (events: WireEvents): Partial<WireEvents> => ({
    answered: (answer, left, at) => events.answered({ ...answer, bytes: answer.bytes + 1 }, left, at),
  })
  const losing = (events: WireEvents): Partial<WireEvents> => ({ answered: () => events.lost(undefined) })
})

test('a closed loop is sent by autocannon, also to a name for this machine, and nothing is sent that does not count', async ({
  httpServer,
}) => {
  let seen = 0
  const origin = await httpServer((request, response) => {
    seen += 1
    response.writeHead(request.method === 'HEAD' ? 200 : 204).end()
  })
  const request = [{ path: '/' }, { path: '/', method: 'HEAD' }] as const
  const { measurement, metrics, findings } = await load(origin.replace('127.0.0.1', 'localhost'), { amount: 20, connections: 2, request })
  expect(measurement).toMatchObject({ transport: 'autocannon', requests: 20 })
  expect(measurement).not.toHaveProperty('transport_reason')
  expect(codes(findings)).not.toContain('transport_replaced')
  expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 2 })
  expect(seen).toBe(20)
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

  test('passes over an interim answer', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 N\r\n\r\n')))
    expect(await firstEvent(openWire, target(origin), true)).toBe('answered')
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

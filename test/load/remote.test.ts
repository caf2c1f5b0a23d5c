import { describe, expect, vi } from 'vitest'
import { isLoopback } from '../../src/load/target.ts'
import { load, test, transports } from './servers.ts'

describe('a target', () => {
  test('is this machine only where its address says so', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].every(isLoopback)).toBe(true)
    expect(['10.0.0.1', '128.0.0.1', 'example.org', '127.0.0.1.example.org', '0.0.0.0', 'localhost.example.org'].some(isLoopback)).toBe(
      false,
    )
  })

  test('that is another machine is refused, without its password', async () => {
    const refused = load('http://user:secret@192.0.2.1', {})
    await expect(refused).rejects.toMatchObject({ code: 'LOAD_REMOTE' })
    await expect(refused).rejects.not.toThrow('secret')
  })

  test('that is another machine and allowed is announced before anything is sent', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    // 192.0.2.0/24 is for documentation: nothing answers there.
    await load('http://192.0.2.1', {
      allowRemote: true,
      signal: AbortSignal.timeout(300),
      request: { method: 'POST', path: '/a' },
      rate: 2,
      durationMs: 200,
      requestTimeout: 100,
    })
    const line = write.mock.calls[0]?.[0]
    write.mockRestore()
    expect(line).toBe(
      'vitest-perf: "case" sends POST /a at 2/s for 200 ms to http://192.0.2.1, which is not this machine (allowRemote is set)\n',
    )
  })

  test.for(transports)('gets the credentials over %s, and no output shows them', async (transport, { httpServer }) => {
    const origin = await httpServer((request, response) => {
      response.writeHead(401, { 'set-cookie': 'sid=fromserver' }).end(JSON.stringify(request.headers))
    })
    const request = {
      path: '/',
      headers: {
        Authorization: 'Bearer abcdef123',
        Cookie: 'sid=cookievalue',
        'x-api-key': 'key-9876',
        'proxy-authorization': 'Basic proxyproxy',
        'x-open': 'shown',
      },
    }
    const { measurement } = await load(origin.replace('http://', 'http://user:pa55word@'), {
      amount: 1,
      connections: 1,
      request,
      transport,
    })
    const [failure] = measurement.first_failures
    expect(failure?.body).toContain('shown')
    for (const secret of ['abcdef123', 'cookievalue', 'key-9876', 'proxyproxy', 'pa55word'])
      expect(JSON.stringify(measurement)).not.toContain(secret)
  })
})

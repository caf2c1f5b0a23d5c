import { describe, expect } from 'vitest'
import type { RequestContext, RequestSpec } from '../../src/model/spec.ts'
import { load, test, transports } from './servers.ts'
import type { HttpServer } from './servers.ts'

const prefix = 'term'

async function recordingServer(
  httpServer: HttpServer,
): Promise<{ origin: string; urls: string[]; bodies: string[]; heads: NodeJS.Dict<string | string[]>[] }> {
  const urls: string[] = []
  const bodies: string[] = []
  const heads: NodeJS.Dict<string | string[]>[] = []
  const origin = await httpServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      urls.push(request.url ?? '')
      bodies.push(body)
      heads.push(request.headers)
      response.end()
    })
  })
  return { origin, urls, bodies, heads }
}

describe.for(transports)('a request over %s', { concurrent: true }, (transport) => {
  test('is sent with its method, path, headers and a body as JSON', async ({ httpServer }) => {
    const { origin, urls, bodies, heads } = await recordingServer(httpServer)
    const request = { method: 'POST', path: '/höhe?a b', headers: { 'X-Own': 'yes' }, body: { term: 'rüst' } } as const
    await load(origin, { transport, amount: 1, connections: 1, request })
    expect(urls).toEqual(['/h%C3%B6he?a%20b'])
    expect(bodies).toEqual(['{"term":"rüst"}'])
    expect(heads[0]).toMatchObject({ 'x-own': 'yes', 'content-type': 'application/json', 'content-length': '16' })
  })

  test('of a function that stands alone is made in the generator, the same again for the same seed', async ({ httpServer }) => {
    const request = ({ user, iteration, random }: { user: number; iteration: number; random: () => number }): RequestSpec => ({
      path: `/${user}/${iteration}/${Math.floor(random() * 1000)}`,
    })
    const runs = []
    for (const seed of [1, 1, 2]) {
      const { origin, urls } = await recordingServer(httpServer)
      await load(origin, { transport, amount: 20, connections: 1, request, seed })
      runs.push(urls)
    }
    expect(runs[0]?.[0]).toMatch(/^\/0\/0\/\d+$/)
    expect(runs[0]?.[19]).toMatch(/^\/0\/19\/\d+$/)
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).not.toEqual(runs[0])
  })

  test('of a function that refers to the test file is made there, and is the same as it would be in the generator', async ({
    httpServer,
  }) => {
    const alone = await recordingServer(httpServer)
    const there = await recordingServer(httpServer)
    await load(alone.origin, {
      transport,
      amount: 50,
      connections: 1,
      request: ({ random }) => ({ path: `/term${Math.floor(random() * 1000)}` }),
    })
    await load(there.origin, {
      transport,
      amount: 50,
      connections: 1,
      request: ({ random }) => ({ path: `/${prefix}${Math.floor(random() * 1000)}` }),
    })
    expect(there.urls).toEqual(alone.urls)
  })

  test.for([
    // Two users of a hundred requests each, of a thousand terms.
    [
      'cold: each asks for terms that nobody asked for',
      ({ user, iteration }: RequestContext) => ({ path: `/${user}-${iteration}` }),
      200,
      200,
    ],
    ['warm: all ask for one', () => ({ path: '/rust' }), 1, 1],
    [
      'mixed: the k-th term about 1 / k as often as the first',
      ({ random }: RequestContext) => ({ path: `/${Math.floor(1000 ** random())}` }),
      50,
      130,
    ],
  ] as const)('of a function can choose its keys so that a cache is %s', async ([name, request, fewest, most], { httpServer }) => {
    const { origin, urls } = await recordingServer(httpServer)
    await load(origin, { transport, amount: 200, connections: 2, request })
    const distinct = new Set(urls).size
    expect(distinct).toBeGreaterThanOrEqual(fewest)
    expect(distinct).toBeLessThanOrEqual(most)
    // A tenth of the draws of 1000 ** random lie below 2.
    if (name.startsWith('mixed'))
      expect(Math.abs(urls.filter((url) => url === '/1').length - (200 * Math.log(2)) / Math.log(1000))).toBeLessThan(15)
  })

  test('of a function that throws, or is not well formed, fails the case', async ({ httpServer }) => {
    const { origin } = await recordingServer(httpServer)
    const request = (): RequestSpec => {
      throw new Error(`${prefix} is wrong`)
    }
    await expect(load(origin, { transport, amount: 5, request })).rejects.toMatchObject({
      code: 'CASE_THREW',
      message: expect.stringContaining('term is wrong') as string,
    })
    const alone = (): RequestSpec => {
      throw new Error('wrong here')
    }
    await expect(load(origin, { transport, amount: 5, request: alone })).rejects.toMatchObject({ code: 'CASE_THREW' })
    await expect(load(origin, { transport, amount: 5, request: () => ({ path: 'x' }) })).rejects.toMatchObject({ code: 'TARGET_INVALID' })
  })
})

describe('a request', () => {
  test('that is not well formed is refused before anything is sent', async () => {
    const wrong: RequestSpec[] = [
      { path: 'no-slash' },
      { path: '/', method: 'GO' as 'GET' },
      { path: '/', body: 1n },
      { path: '/', headers: { 'a b': 'c' } },
      { path: '/', headers: { a: 'x\r\nInjected: 1' } },
    ]
    for (const request of wrong) {
      await expect(load('http://127.0.0.1:1', { request })).rejects.toMatchObject({ code: 'TARGET_INVALID' })
    }
    await expect(load('ftp://127.0.0.1', {})).rejects.toMatchObject({ code: 'TARGET_INVALID' })
  })

  test('with options of two load models, or out of range, is refused', async () => {
    const wrong = [
      { rate: 5, users: 2 },
      { connections: 0 },
      { rate: -1 },
      { requestTimeout: 0 },
      { stages: [] },
      { pool: { sockets: 0.5 } },
    ]
    for (const options of wrong) await expect(load('http://127.0.0.1:1', options)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })
})

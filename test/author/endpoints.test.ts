import { describe, expect, it } from 'vitest'
import { declaredEndpoint } from '../../src/author/endpoints.ts'
import { parseBenchmarkConfig } from '../../src/gates/parse-config.ts'

const parsed = (endpoint: unknown) => parseBenchmarkConfig(JSON.stringify({ endpoints: [endpoint] }), 'config.json').endpoints?.[0]
const answer = (status: number, body: string) => ({ status, headers: {}, text: () => body, json: () => JSON.parse(body) })
const declared = (endpoint: unknown) => declaredEndpoint(parsed(endpoint)!)

describe('an endpoint of benchmark-config.json', () => {
  it('leaves its load to the defaults where it says nothing else', () => {
    expect(declared({ name: 'items', path: '/items' })).toEqual({
      name: 'items',
      request: { path: '/items' },
      options: {},
    })
  })

  it('has its request and its load', () => {
    const given = { name: 'add', method: 'POST', path: '/items', headers: { 'x-a': '1' }, body: { n: 1 }, rate: 50, duration: '2s' }
    expect(declared(given)).toEqual({
      name: 'add',
      request: { method: 'POST', path: '/items', headers: { 'x-a': '1' }, body: { n: 1 } },
      options: { rate: 50, duration: '2s' },
    })
  })

  it('is good where its answer is as expected, in status, text and JSON', () => {
    const check = declared({ name: 'a', path: '/', expect: { status: 201, contains: 'made', json: { state: 'made', count: 2 } } }).options
      .check!
    expect(check(answer(201, '{"state":"made","count":2,"more":[]}'))).toBe(true)
    expect(check(answer(200, '{"state":"made","count":2}'))).toBe(false)
    expect(check(answer(201, '{"state":"made","count":3}'))).toBe(false)
    expect(check(answer(201, '{"state":"none","count":2}'))).toBe(false)
    expect(check(answer(201, 'null'))).toBe(false)
  })

  it.each([
    [{ name: 'a', path: 'items' }, 'endpoints[0].path is "items"; it must be a path that starts with "/"'],
    [{ name: 'a', path: '/', rate: 1, connections: 1 }, 'cannot stand beside "connections"'],
    [{ name: 'a', path: '/', duration: 'long' }, 'must be a length of time such as "5s"'],
    [{ name: 'a', path: '/', expct: {} }, 'endpoints[0].expct is no key of this file. Did you mean "expect"?'],
    [{ name: 'a', path: '/', expect: { staus: 200 } }, 'Did you mean "status"?'],
    [{ path: '/' }, 'endpoints[0].name is missing'],
  ])('is refused as %j, with place and remedy', (endpoint, sentence) => {
    expect(() => parsed(endpoint)).toThrow(sentence)
  })
})

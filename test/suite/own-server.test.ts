import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runSuite, type SuiteRun } from './run-suite.ts'

/** As somebody's own server may be: health in words, no language model, other documents, and the start page for what it does not know. */
interface OwnServer {
  readonly server: Server
  readonly changes: string[]
  config: Record<string, unknown>
}

function ownServer(): OwnServer {
  const state = {
    changes: [] as string[],
    config: { id: 'Own', global_shortcut: 'Ctrl+X', selected_role: 'Default' } as Record<string, unknown>,
  }
  const server = createServer((request, response) => void answer(request, response))
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (request.method === 'POST' && (path === '/documents' || path === '/config')) state.changes.push(path)
    if (path === '/health') return response.setHeader('content-type', 'text/plain').end('OK')
    if (path === '/documents/search') {
      const known = /rust|async/.test(body + decodeURIComponent(request.url ?? ''))
      return json({ status: 'success', results: known ? [{ id: 'mine', title: 'x' }] : [], total: Number(known) })
    }
    if (path === '/documents') return json({ status: 'success', id: JSON.parse(body).id })
    if (path === '/config') {
      if (request.method === 'POST') state.config = JSON.parse(body)
      return json({ status: 'success', config: state.config })
    }
    if (path === '/chat') return json({ status: 'error', message: null, error: 'no language model is configured' })
    return response.setHeader('content-type', 'text/html').end('<!doctype html><title>Start</title>')
  }
  return Object.assign(state, { server })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

describe('against a server that somebody else runs, TERRAPHIM_SERVER_URL', () => {
  const own = ownServer()
  let url = ''
  let spared: SuiteRun
  let allowed: SuiteRun
  let changesWhenSpared = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => own.server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(own.server.address() as AddressInfo).port}`
    const files = ['bench/server-api.bench.ts', 'bench/search.bench.ts', 'bench/resources.bench.ts']
    spared = await runSuite(files, { TERRAPHIM_SERVER_URL: url, TERRAPHIM_BENCH_TERMS: 'rust, async' })
    changesWhenSpared = own.changes.length
    allowed = await runSuite(['bench/server-api.bench.ts', 'bench/search.bench.ts', '-t', 'config_update|document_indexing'], {
      TERRAPHIM_SERVER_URL: url,
      TERRAPHIM_BENCH_DESTRUCTIVE: '1',
    })
  }, 300_000)
  afterAll(async () => {
    own.server.close()
    await spared?.[Symbol.asyncDispose]()
    await allowed?.[Symbol.asyncDispose]()
  })

  it.each(['health_check', 'search_api', 'config_api', 'simple_query', 'resource_monitoring_load'])('measures %s', (key) => {
    expect(spared.results.results[key]).toMatchObject({ state: 'measured', metrics: { success_rate: 100 } })
  })

  it.each([
    ['chat_api', 'no language model is configured'],
    ['fuzzy_search', 'the server at'],
    ['ranking_accuracy', 'the server holds other documents'],
    ['simple_query_cold', 'name more than 64 TERRAPHIM_BENCH_TERMS'],
    ['startup_time', 'unset TERRAPHIM_SERVER_URL'],
    ['memory_leak', 'unset TERRAPHIM_SERVER_URL'],
    ['config_update', 'set TERRAPHIM_BENCH_DESTRUCTIVE=1'],
    ['document_indexing', 'set TERRAPHIM_BENCH_DESTRUCTIVE=1'],
  ])('says why %s is not applicable and what to set', (key, reason) => {
    expect(spared.results.results[key]).toMatchObject({ state: 'not_applicable', reason: expect.stringContaining(reason) })
  })

  it('changes nothing unless its owner allows it', () => {
    expect(changesWhenSpared).toBe(0)
  })

  it('puts the configuration back where he does', () => {
    for (const key of ['config_update', 'document_indexing'])
      expect(allowed.results.results[key]).toMatchObject({ state: 'measured', metrics: { success_rate: 100 } })
    expect(own.changes.length).toBeGreaterThan(2)
    expect(own.config).toEqual({ id: 'Own', global_shortcut: 'Ctrl+X', selected_role: 'Default' })
  })
})

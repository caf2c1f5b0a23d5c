import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createTcp } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { describe, expect, vi } from 'vitest'
import { load, test, transports } from './servers.ts'
import type { Transport } from './servers.ts'

const answer = { status: 'success', results: Array.from({ length: 20 }, (_, id) => ({ id, title: `document ${id}` })) }

/** A hundred searches: POST with a JSON body, each answer read and checked. */
async function search(origin: string, transport: Transport) {
  const { metrics } = await load(origin, {
    transport,
    amount: 100,
    connections: 4,
    request: { method: 'POST', path: '/documents/search', body: { search_term: 'rust' } },
    check: (response) => response.json().results.length === 20 && response.headers['content-type']?.startsWith('application/json'),
  })
  expect(metrics).toMatchObject({ success_rate: 100, error_count: 0, connections_opened: 4, connections_reused: 96 })
}

describe.for(transports)('a load over %s agrees with', { concurrent: true }, (transport) => {
  test('node:http', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    await search(origin, transport)
  })

  test('fastify', async ({ listen }) => {
    const app = fastify()
    app.post('/documents/search', async () => answer)
    await app.ready()
    await search(await listen(app.server), transport)
  })

  test('express', async ({ listen }) => {
    const app = express()
    app.use(express.json())
    app.post('/documents/search', (request, response) => {
      response.status((request.body as { search_term?: string }).search_term === 'rust' ? 200 : 400).json(answer)
    })
    await search(await listen(createServer(app)), transport)
  })

  test('hono', async ({ listen }) => {
    const app = new Hono()
    app.post('/documents/search', (context) => context.json(answer))
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const reply = await app.fetch(new Request(`http://localhost${request.url}`, { method: request.method ?? 'GET' }))
      response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(Buffer.from(await reply.arrayBuffer()))
    }
    const server = createServer((request, response) => void serve(request, response))
    await search(await listen(server), transport)
  })

  test('nginx', async ({ skip, onTestFinished }) => {
    skip(spawnSync('nginx', ['-v']).error !== undefined, 'not applicable: nginx is not installed')
    const folder = mkdtempSync(join(tmpdir(), 'nginx-'))
    const port = await freePort()
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error;
       events { worker_connections 64; }
       http { access_log off; client_body_temp_path ${folder}/body; default_type application/json;
         server { listen 127.0.0.1:${port}; location / { return 200 '${JSON.stringify(answer)}'; } } }`,
    )
    const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error')], { stdio: 'ignore' })
    onTestFinished(async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await exited
      rmSync(folder, { recursive: true })
    })
    const origin = `http://127.0.0.1:${port}`
    await vi.waitFor(async () => expect((await fetch(origin)).ok).toBe(true), { timeout: 10_000 })
    await search(origin, transport)
  })
})

async function freePort(): Promise<number> {
  const server = createTcp()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

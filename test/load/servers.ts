import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createTcp } from 'node:net'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { driveLoad } from '../../src/load/drive.ts'
import type { HttpSpec } from '../../src/model/spec.ts'
import { summariseLoad } from '../../src/stats/summarise-load.ts'

// Generators start from TypeScript sources: what Node makes of them is kept, which starts each one three times as fast.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache')

export const transports = ['autocannon', 'direct'] as const
export type Transport = (typeof transports)[number]

export type HttpServer = (listener: RequestListener) => Promise<string>

/** Tests with servers on free loopback ports that end with their test, also where tests run at the same time. */
export const test = base.extend<{
  listen: (server: Server) => Promise<string>
  httpServer: HttpServer
  /** A server that speaks in bytes, for answers that no HTTP library would give. */
  tcpServer: (serve: (socket: Socket) => void) => Promise<string>
}>({
  listen: async ({ onTestFinished }, use) => {
    await use(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      onTestFinished(async () => {
        const closed = new Promise((resolve) => server.close(resolve))
        server.closeAllConnections()
        await closed
      })
      return origin(server)
    })
  },
  httpServer: async ({ listen }, use) => {
    await use(async (listener) => listen(createServer(listener)))
  },
  tcpServer: async ({ onTestFinished }, use) => {
    await use(async (serve) => {
      const sockets = new Set<Socket>()
      const server = createTcp((socket) => {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => sockets.delete(socket))
        serve(socket)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      onTestFinished(async () => {
        const closed = new Promise((resolve) => server.close(resolve))
        for (const socket of sockets) socket.destroy()
        await closed
      })
      return origin(server)
    })
  },
})

function origin(server: NetServer): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Calls `answer` for each request that a socket sends (GET, no body). */
export function onRequest(socket: Socket, answer: (socket: Socket) => unknown): void {
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      text = text.slice(end + 4)
      answer(socket)
    }
  })
}

/** A short load on `origin`, measured and summarised. */
export async function load(origin: string, options: Partial<HttpSpec> = {}, events: Parameters<typeof driveLoad>[1] = {}) {
  const spec: HttpSpec = { name: 'case', origin, request: { path: '/' }, durationMs: 400, warmupMs: 0, ...options }
  const result = await driveLoad(spec, events)
  const summary = summariseLoad(result.measurement)
  return { ...result, ...summary, findings: [...result.findings, ...summary.findings] }
}

export function codes(findings: readonly { readonly code: string }[]): string[] {
  return findings.map(({ code }) => code)
}

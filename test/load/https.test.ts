import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import { describe, expect } from 'vitest'
import { load, test } from './servers.ts'

const read = (name: string): string => readFileSync(new URL(`./certificate/${name}.pem`, import.meta.url), 'utf8')

async function secureServer(listen: (server: Server) => Promise<string>): Promise<string> {
  const server = createServer({ key: read('key'), cert: read('certificate') }, (_request, response) => {
    response.end('secret')
  })
  return (await listen(server)).replace('http:', 'https:')
}

describe('https', { concurrent: true }, () => {
  test('is spoken to a server whose certificate the given authority signed, and the handshakes are timed', async ({ listen }) => {
    const origin = await secureServer(listen)
    for (const host of ['127.0.0.1', 'localhost']) {
      const { metrics } = await load(origin.replace('127.0.0.1', host), { amount: 20, connections: 2, ca: read('certificate') })
      expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 2 })
      expect(metrics['tls_time_ms']).toBeGreaterThan(0)
    }
  })

  test('sends nothing to a server whose certificate nobody vouches for', async ({ listen }) => {
    const { measurement } = await load(await secureServer(listen), { amount: 2, connections: 1 })
    expect(measurement.failures.connection).toBe(2)
    expect(measurement.first_failures[0]?.message).toContain('certificate')
    expect(measurement.bytes_received).toBe(0)
  })
})

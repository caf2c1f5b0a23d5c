import { spawn } from 'node:child_process'
import { describe, expect, vi } from 'vitest'
import { codes, load, onRequest, test, transports } from './servers.ts'

type User = { request: (name: string, spec: { path: string }) => Promise<unknown> }

describe('a load', { concurrent: true }, () => {
  test.for([
    { transport: 'autocannon', connections: 2 },
    { transport: 'direct', connections: 2 },
    { rate: 100 },
    { session: async (user: User) => user.request('x', { path: '/' }) },
  ] as const)('that is stopped keeps what was measured: %o', async (shape, { httpServer }) => {
    const origin = await httpServer((_request, response) => {
      setTimeout(() => response.end(), 5)
    })
    const stop = new AbortController()
    const onProgress = ({ requests }: { requests: number }): void => {
      if (requests > 5) stop.abort(new Error('Ctrl-C'))
    }
    const { measurement, findings } = await load(origin, { ...shape, durationMs: 60_000, signal: stop.signal }, { onProgress })
    expect(measurement.requests).toBeGreaterThan(5)
    expect(measurement.elapsed_ms).toBeGreaterThan(0)
    expect(measurement.elapsed_ms).toBeLessThan(30_000)
    expect(findings).toContainEqual({ code: 'aborted_early', facts: { reason: 'Ctrl-C' } })
  })

  test('that is stopped before the first answer has measured nothing, and waits for none', async ({ tcpServer }) => {
    const stop = new AbortController()
    const origin = await tcpServer((socket) => onRequest(socket, () => stop.abort(new Error('Ctrl-C'))))
    const { measurement, findings } = await load(origin, { requestTimeout: '60m', durationMs: 60_000, signal: stop.signal })
    expect(measurement.requests).toBe(0)
    expect(findings).toContainEqual({ code: 'aborted_early', facts: { reason: 'Ctrl-C' } })
  })

  test('that is stopped before it began has measured nothing', async () => {
    const { measurement, metrics } = await load('http://127.0.0.1:1', { signal: AbortSignal.abort(), durationMs: 60_000 })
    expect(measurement.requests).toBe(0)
    expect(metrics).not.toHaveProperty('success_rate')
  })

  test.for(transports)('stops early when too many requests fail for a pass: %s', async (transport, { httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(500).end()
    })
    const { measurement, findings } = await load(origin, { connections: 1, durationMs: 60_000, abort_on_fail: 10, transport })
    expect(measurement.elapsed_ms).toBeLessThan(30_000)
    expect(codes(findings)).toContain('aborted_early')
  })

  test('goes on to its end where few requests fail', async ({ httpServer }) => {
    let count = 0
    const origin = await httpServer((_request, response) => {
      count += 1
      response.statusCode = count % 50 === 0 ? 500 : 200
      setTimeout(() => response.end(), 1)
    })
    const { findings } = await load(origin, { connections: 2, durationMs: 700, abort_on_fail: 10 })
    expect(codes(findings)).not.toContain('aborted_early')
  })

  test('leaves no generator behind, even when the process that started it is killed', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const drive = new URL('../../src/load/drive.ts', import.meta.url).href
    const script = `import { driveLoad } from ${JSON.stringify(drive)}
      await driveLoad({ name: 'x', origin: ${JSON.stringify(origin)}, request: { path: '/' }, durationMs: 60000, warmupMs: 0 }, { onGenerator: (pid) => console.log(pid) })`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)))
    expect(process.kill(pid, 0)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 })
  })
})

import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { httpServer, load, onRequest, tcpServer } from './servers.ts'

const head = (length: number): string => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`

describe('a server that', () => {
  test('closes every socket at once: each request is a connection failure, and the loop does not spin', async () => {
    const origin = await tcpServer((socket) => socket.destroy())
    const { measurement, metrics } = await load(origin, { connections: 2, durationMs: 500 })
    expect(measurement.failures.connection).toBe(measurement.requests)
    expect(measurement.requests).toBeGreaterThan(2)
    expect(measurement.requests).toBeLessThan(200)
    expect(metrics['success_rate']).toBe(0)
    expect(metrics).not.toHaveProperty('p50_time_ms')
  })

  test('closes after the request: the request has failed, it is not sent again', async () => {
    let requests = 0
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        requests += 1
        socket.end()
      }),
    )
    const { measurement } = await load(origin, { connections: 1, amount: 5 })
    expect(measurement.failures.connection).toBe(5)
    expect(requests).toBe(5)
    expect(measurement.first_failures[0]?.message).toContain('without an answer')
  })

  test('is not there: every request is a connection failure that names the refusal', async () => {
    const { measurement } = await load('http://127.0.0.1:1', { connections: 2, durationMs: 300 })
    expect(measurement.failures.connection).toBe(measurement.requests)
    expect(measurement.first_failures[0]?.message).toContain('ECONNREFUSED')
  })

  test('answers byte by byte: slow, whole and good', async () => {
    const origin = await tcpServer((socket) =>
      onRequest(socket, async () => {
        for (const byte of 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n') {
          socket.write(byte)
          await sleep(1)
        }
      }),
    )
    const { metrics, measurement } = await load(origin, { connections: 1, amount: 2, check: (response) => response.text() === 'abcde' })
    expect(metrics['success_rate']).toBe(100)
    expect(measurement.body_bytes_received).toBe(10)
    expect(metrics['min_time_ms']).toBeGreaterThan(80)
  })

  test('answers 1 GB: counted to the byte, too large for a check, and the generator stays within 200 MB', async () => {
    const size = 1024 * 1024 * 1024
    const part = Buffer.alloc(1024 * 1024)
    const origin = await tcpServer((socket) =>
      onRequest(socket, async () => {
        socket.write(head(size))
        for (let sent = 0; sent < size && !socket.destroyed; sent += part.length) {
          if (!socket.write(part)) await once(socket, 'drain').catch(() => {})
        }
      }),
    )
    let peak = 0
    let watch: NodeJS.Timeout | undefined
    const onGenerator = (pid: number): void => {
      watch = setInterval(() => (peak = Math.max(peak, peakMegabytes(pid))), 50)
    }
    const { measurement, metrics } = await load(
      origin,
      { connections: 1, amount: 1, requestTimeout: '60s', check: () => true },
      { onGenerator },
    )
    clearInterval(watch)
    expect(measurement.body_bytes_received).toBe(size)
    // A body that cannot be kept cannot be checked: that is said, not passed.
    expect(measurement.failures.check).toBe(1)
    expect(measurement.first_failures[0]?.message).toContain('too large')
    expect(metrics['bytes_per_request']).toBeGreaterThan(size)
    if (process.platform === 'linux') {
      expect(peak).toBeGreaterThan(10)
      expect(peak).toBeLessThan(200)
    }
  })

  test('sends headers without end: refused after 64 kB', async () => {
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write(`x: ${'y'.repeat(16_000)}\r\n`), 1)
        socket.on('close', () => clearInterval(timer))
      }),
    )
    const { measurement } = await load(origin, { connections: 1, amount: 1 })
    expect(measurement.first_failures).toMatchObject([{ kind: 'protocol', message: 'the answer has more than 64 kB of headers' }])
  })

  test('promises more than it sends, and closes: a protocol failure with what was owed', async () => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.end(`${head(100)}short`)))
    const { measurement } = await load(origin, { connections: 1, amount: 3 })
    expect(measurement.failures).toMatchObject({ protocol: 3, connection: 0 })
    expect(measurement.first_failures[0]).toMatchObject({ message: expect.stringContaining('95 bytes before') as string, status: 200 })
  })

  test('promises more than it sends, and waits: a time-out', async () => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(`${head(100)}short`)))
    const { measurement } = await load(origin, { connections: 1, amount: 2, requestTimeout: 150 })
    expect(measurement.failures.timeout).toBe(2)
  })

  test('sends more than it promised: a protocol failure', async () => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(`${head(2)}too long`)))
    const { measurement } = await load(origin, { connections: 1, amount: 2 })
    expect(measurement.failures.protocol).toBe(2)
    expect(measurement.first_failures[0]?.message).toContain('6 bytes follow')
  })

  test('gives two lengths, or none that is a number, or does not speak HTTP: protocol failures', async () => {
    const answers = [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
      'SSH-2.0-x\r\n',
    ]
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(answers.shift() ?? '')))
    const { measurement } = await load(origin, { connections: 1, amount: 3 })
    expect(measurement.first_failures.map(({ kind, message }) => [kind, message.slice(0, 33)])).toEqual([
      ['protocol', 'the answer states 2 different con'],
      ['protocol', 'content-length is no number: "-1"'],
      ['protocol', 'the answer does not start with an'],
    ])
  })

  test('accepts and never answers: time-outs, whose wait is part of the latencies', async () => {
    const origin = await tcpServer(() => {})
    const { measurement, metrics } = await load(origin, { connections: 3, durationMs: 300, requestTimeout: '200ms' })
    expect(measurement.failures.timeout).toBe(measurement.requests)
    expect(measurement.requests).toBeGreaterThanOrEqual(3)
    expect(metrics['timeout_count']).toBe(measurement.requests)
    expect(metrics['p50_time_ms']).toBeGreaterThanOrEqual(200)
    expect(metrics['requests_per_second']).toBe(0)
  })

  test('redirects for ever: each 3xx is an answer, and is not followed', async () => {
    let requests = 0
    const origin = await httpServer((_request, response) => {
      requests += 1
      response.writeHead(302, { location: '/' }).end()
    })
    const { metrics } = await load(origin, { amount: 20, connections: 2 })
    expect(requests).toBe(20)
    expect(metrics['success_rate']).toBe(100)
  })

  test('answers 200 with status "error": only a check sees it', async () => {
    const origin = await httpServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"status":"error"}')
    })
    const blind = await load(origin, { amount: 10, connections: 1 })
    expect(blind.metrics['success_rate']).toBe(100)
    const seeing = await load(origin, { amount: 10, connections: 1, check: (response) => response.json().status === 'success' })
    expect(seeing.metrics).toMatchObject({ success_rate: 0, check_error_count: 10, status_error_count: 0 })
    expect(seeing.measurement.first_failures[0]).toMatchObject({ kind: 'check', status: 200, body: '{"status":"error"}' })
  })
})

/** Peak resident memory; 0 where there is no /proc or the process has gone. */
function peakMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

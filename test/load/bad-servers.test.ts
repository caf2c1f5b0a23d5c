import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { codes, load, onRequest, test, transports } from './servers.ts'

const head = (length: number): string => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`
/** A gigabyte takes a second, and a minute where many others want the machine. */
const patient = { timeout: 180_000 }
const whole = `${head(2)}ok`

describe.for(transports)('over %s, a server that', { concurrent: true }, (transport) => {
  test('closes every socket at once: each request is a connection failure, and the loop does not spin', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => socket.destroy())
    const { measurement, metrics } = await load(origin, { connections: 2, durationMs: 500, transport })
    expect(measurement).toMatchObject({ transport })
    expect(measurement.failures.connection).toBe(measurement.requests)
    expect(measurement.requests).toBeGreaterThan(2)
    expect(measurement.requests).toBeLessThan(200)
    expect(metrics['success_rate']).toBe(0)
    expect(metrics).not.toHaveProperty('p50_time_ms')
  })

  test('closes after the request: the request has failed, it is not sent again', async ({ tcpServer }) => {
    let requests = 0
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        requests += 1
        socket.end()
      }),
    )
    const { measurement } = await load(origin, { connections: 1, amount: 5, transport })
    expect(measurement.failures.connection).toBe(5)
    expect(requests).toBe(5)
    expect(measurement.first_failures[0]?.message).toContain('without an answer')
  })

  test('closes in the midst of good answers: only the requests that were out have failed', async ({ tcpServer }) => {
    let requests = 0
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        requests += 1
        if (requests % 5 === 0) socket.resetAndDestroy()
        else socket.write(whole)
      }),
    )
    const { measurement } = await load(origin, { connections: 2, amount: 40, transport })
    expect(requests).toBe(40)
    expect(measurement).toMatchObject({ requests: 40, failures: { connection: 8, protocol: 0, timeout: 0 } })
    // Each lost connection is replaced for its next request: none serves more than four.
    expect(measurement.connections.opened).toBeGreaterThanOrEqual(8)
  })

  test('is not there: every request is a connection failure that names the refusal, with pauses between', async () => {
    const { measurement } = await load('http://127.0.0.1:1', { connections: 2, durationMs: 300, transport })
    expect(measurement.failures.connection).toBe(measurement.requests)
    expect(measurement.requests).toBeLessThan(120)
    expect(measurement.first_failures[0]?.message).toContain('ECONNREFUSED')
  })

  test('answers byte by byte: slow, whole and good', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) =>
      onRequest(socket, async () => {
        for (const byte of 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n') {
          socket.write(byte)
          await sleep(1)
        }
      }),
    )
    const { metrics, measurement } = await load(origin, {
      connections: 1,
      amount: 2,
      check: (response) => response.text() === 'abcde',
      transport,
    })
    expect(metrics['success_rate']).toBe(100)
    expect(measurement.body_bytes_received).toBe(10)
    expect(metrics['min_time_ms']).toBeGreaterThan(80)
  })

  test(
    'answers 1 GB: counted to the byte, too large for a check, and the generator stays within 200 MB',
    patient,
    async ({ tcpServer }) => {
      const size = 1024 * 1024 * 1024
      const origin = await tcpServer((socket) => onRequest(socket, () => void sendLarge(socket, size)))
      const { watch, peak } = peakMemory()
      const { measurement, metrics } = await load(
        origin,
        { connections: 1, amount: 1, requestTimeout: '3m', check: () => true, transport },
        { onGenerator: watch },
      )
      expect(measurement.body_bytes_received).toBe(size)
      // A body that cannot be kept cannot be checked: that is said, not passed.
      expect(measurement.failures.check).toBe(1)
      expect(measurement.first_failures[0]?.message).toContain('too large')
      expect(metrics['bytes_per_request']).toBeGreaterThan(size)
      if (process.platform === 'linux') expect(peak()).toBeGreaterThan(10)
      expect(peak()).toBeLessThan(200)
    },
  )

  test('sends headers without end: refused after 64 kB', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) =>
      onRequest(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write(`x: ${'y'.repeat(16_000)}\r\n`), 1)
        socket.on('close', () => clearInterval(timer))
      }),
    )
    const { measurement } = await load(origin, { connections: 1, amount: 1, transport })
    expect(measurement.first_failures).toMatchObject([{ kind: 'protocol', message: 'the answer has more than 64 kB of headers' }])
  })

  test('promises more than it sends, and closes: a protocol failure with what was owed', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.end(`${head(100)}short`)))
    const { measurement } = await load(origin, { connections: 1, amount: 3, transport })
    expect(measurement.failures).toMatchObject({ protocol: 3, connection: 0 })
    expect(measurement.first_failures[0]).toMatchObject({ message: expect.stringContaining('95 bytes before') as string, status: 200 })
  })

  test('promises more than it sends, and waits: a time-out', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(`${head(100)}short`)))
    const { measurement } = await load(origin, { connections: 1, amount: 2, requestTimeout: 150, transport })
    expect(measurement.failures.timeout).toBe(2)
  })

  test('sends more than it promised: a protocol failure', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(`${head(2)}too long`)))
    const { measurement } = await load(origin, { connections: 1, amount: 2, transport })
    expect(measurement.failures.protocol).toBe(2)
    expect(measurement.first_failures[0]?.message).toContain('6 bytes follow')
  })

  test('states no length: the end of the connection is the end of its answer', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')))
    const { metrics } = await load(origin, { connections: 1, amount: 3, check: (r) => r.text() === 'until the end', transport })
    expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 3 })
  })

  test('gives two lengths, or none that is a number, or does not speak HTTP: protocol failures', async ({ tcpServer }) => {
    const answers = [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
      'SSH-2.0-x\r\n',
    ]
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(answers.shift() ?? '')))
    const { measurement } = await load(origin, { connections: 1, amount: 3, transport })
    expect(measurement.failures.protocol).toBe(3)
    const said = measurement.first_failures.map(({ message }) => message)
    expect(said[0]).toBe('the answer states 2 different content-lengths')
    expect(said[1]).toBe('content-length is no number: "-1"')
    expect(said[2]).toBe('the answer does not start with an HTTP/1.1 status line: "SSH-2.0-x\\r\\n"')
  })

  test('sends a chunk without a size: a protocol failure', async ({ tcpServer }) => {
    const chunk = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(chunk)))
    const { measurement } = await load(origin, { connections: 1, amount: 1, transport })
    expect(measurement.failures).toMatchObject({ timeout: 0, protocol: 1 })
    expect(measurement.first_failures[0]?.message).toBe('a chunk of the answer has no size: "xyz"')
  })

  test('sends an interim answer first, or encodes its transfer twice: its answers are read as they are', async ({ tcpServer }) => {
    const answers = [
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: x, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    ]
    let asked = 0
    const origin = await tcpServer((socket) => onRequest(socket, () => socket.write(answers[asked++ % 2] ?? '')))
    const { metrics } = await load(origin, { connections: 1, amount: 10, check: (r) => r.status === 200 && r.text() === 'ok', transport })
    expect(metrics).toMatchObject({ success_rate: 100, connections_opened: 1, body_bytes_per_request: 2 })
  })

  test('accepts and never answers: time-outs, whose wait is part of the latencies', async ({ tcpServer }) => {
    const origin = await tcpServer(() => {})
    const { measurement, metrics } = await load(origin, { connections: 3, durationMs: 300, requestTimeout: '200ms', transport })
    expect(measurement.failures.timeout).toBe(measurement.requests)
    expect(measurement.requests).toBeGreaterThanOrEqual(3)
    expect(measurement.first_failures[0]?.message).toBe('no whole answer within 200 ms')
    expect(metrics['timeout_count']).toBe(measurement.requests)
    expect(metrics['p50_time_ms']).toBeGreaterThanOrEqual(199)
    expect(metrics['requests_per_second']).toBe(0)
  })

  test('redirects for ever: each 3xx is an answer, and is not followed', async ({ httpServer }) => {
    let requests = 0
    const origin = await httpServer((_request, response) => {
      requests += 1
      response.writeHead(302, { location: '/' }).end()
    })
    const { metrics } = await load(origin, { amount: 20, connections: 2, transport })
    expect(requests).toBe(20)
    expect(metrics['success_rate']).toBe(100)
  })

  test('answers 200 with status "error": only a check sees it', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"status":"error"}')
    })
    const blind = await load(origin, { amount: 10, connections: 1, transport })
    expect(blind.metrics['success_rate']).toBe(100)
    const check = (response: { json: () => { status: string } }): boolean => response.json().status === 'success'
    const seeing = await load(origin, { amount: 10, connections: 1, check, transport })
    expect(seeing.metrics).toMatchObject({ success_rate: 0, check_error_count: 10, status_error_count: 0 })
    expect(seeing.measurement.first_failures[0]).toMatchObject({ kind: 'check', status: 200, body: '{"status":"error"}' })
  })
})

describe('beyond closed loops, a server that', { concurrent: true }, () => {
  test('never answers an open loop: time-outs and what was dropped are all that was planned', async ({ tcpServer }) => {
    const origin = await tcpServer(() => {})
    const { measurement, metrics, findings } = await load(origin, { rate: 200, durationMs: 500, maxInFlight: 20, requestTimeout: 200 })
    const { planned, requests, dropped, failures } = measurement
    expect(planned).toBe(100)
    expect(requests + dropped).toBe(planned)
    expect(dropped).toBeGreaterThan(0)
    expect(failures.timeout).toBe(requests)
    expect(metrics['p50_time_ms']).toBeGreaterThanOrEqual(199)
    expect(codes(findings)).toEqual(expect.arrayContaining(['dropped_requests', 'failed_requests', 'rate_missed']))
  })

  test('closes every socket of an open loop: each request has failed, at its time', async ({ tcpServer }) => {
    const origin = await tcpServer((socket) => socket.destroy())
    const { measurement } = await load(origin, { rate: 100, durationMs: 500 })
    expect(measurement).toMatchObject({ planned: 50, requests: 50, dropped: 0, failures: { connection: 50 } })
  })

  test.for([
    ['never answers users', () => {}, 'timeout', 100],
    ['closes every socket of users', (socket: Socket) => socket.destroy(), 'connection', 10_000],
  ] as const)('%s: each request has failed, and they do not spin', async ([, serve, kind, requestTimeout], { tcpServer }) => {
    const origin = await tcpServer(serve)
    const { measurement, metrics } = await load(origin, { users: 2, durationMs: 1500, requestTimeout })
    expect(measurement.requests).toBeGreaterThan(0)
    expect(measurement.requests).toBeLessThan(600)
    expect(measurement.failures[kind]).toBe(measurement.requests)
    expect(metrics['success_rate']).toBe(0)
  })
})

async function sendLarge(socket: Socket, size: number): Promise<void> {
  const part = Buffer.alloc(1024 * 1024)
  socket.write(head(size))
  for (let sent = 0; sent < size && !socket.destroyed; sent += part.length) {
    if (!socket.write(part)) await once(socket, 'drain').catch(() => {})
  }
}

/** Looks at the peak resident memory of a process while it lives, in MB; 0 where there is no /proc. */
function peakMemory(): { watch: (pid: number) => void; peak: () => number } {
  let peak = 0
  let timer: NodeJS.Timeout | undefined
  const look = (pid: number): void => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
    } catch {
      clearInterval(timer)
    }
  }
  return { watch: (pid) => (timer = setInterval(look, 50, pid)), peak: () => peak }
}

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { ResponseHead } from './response-head.ts'
import { readTarget } from './target.ts'
import type { OpenWire } from './wire.ts'

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const patienceMs = 5000

/** Why a wire is not to be trusted: it cannot bring one request and its answer across, here within this process. Undefined where it can. */
export async function probeWire(openWire: OpenWire): Promise<string | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.write(answer))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const target = readTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, undefined)
  try {
    return await exchange(openWire, target)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    server.close()
  }
}

async function exchange(openWire: OpenWire, target: ReturnType<typeof readTarget>): Promise<string | undefined> {
  let end: (reason: string | undefined) => void = () => {}
  const ended = new Promise<string | undefined>((resolve) => (end = resolve))
  const patience = setTimeout(() => end('a request was sent and no answer told of'), patienceMs)
  const wire = openWire(
    target,
    {
      keepBody: () => 2,
      connected: () => {
        wire.expect(false)
        wire.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
      },
      answered: ({ head, bytes, body }) => end(asSent(head, bytes, body?.toString()) ? undefined : 'an answer was told of that was none'),
      failed: ({ message }) => end(message),
      lost: (error) => end(error?.message ?? 'the connection was lost'),
    },
    patienceMs,
  )
  try {
    return await ended
  } finally {
    clearTimeout(patience)
    wire.destroy()
  }
}

function asSent({ status }: ResponseHead, bytes: number, body: string | undefined): boolean {
  return status === 200 && bytes === answer.length && body === 'ok'
}

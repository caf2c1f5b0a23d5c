import { connect as connectTcp } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { AnswerBuilder } from './answer-builder.ts'
import { ResponseParser } from './response-parser.ts'
import type { Target } from './target.ts'
import { cutShort, readBytes } from './wire.ts'
import type { OpenWire, Wire, WireEvents } from './wire.ts'

/** HTTP/1.1 as vitest-perf itself writes and reads it: one buffer for all reads, every answer held against RFC 9112. */
class DirectWire implements Wire {
  readonly #events: WireEvents
  readonly #answer: AnswerBuilder
  readonly #parser: ResponseParser
  readonly #socket: Socket
  #received = 0
  #error: Error | undefined

  constructor(target: Target, events: WireEvents) {
    this.#events = events
    this.#answer = new AnswerBuilder((status) => events.keepBody(status), events.reading)
    this.#parser = new ResponseParser({
      head: (head) => this.#answer.begin(head),
      body: (buffer, from, to) => this.#answer.take(buffer, from, to),
      end: (left) => this.#whole(left),
      broken: (message) => events.failed({ kind: 'protocol', message }),
    })
    this.#socket = this.#connect(target)
  }

  expect(answersHead: boolean): void {
    this.#parser.answersHead = answersHead
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  partial(): ReturnType<Wire['partial']> {
    return this.#answer.partial()
  }

  cutShort(): string | undefined {
    return this.#parser.midway ? cutShort(this.#answer.owed) : undefined
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #connect({ host, port, tls }: Target): Socket {
    const begun = performance.now()
    let tcpAt = begun
    const onread = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length: number, buffer: Uint8Array) => this.#read(buffer as Buffer, length),
    }
    const secure = tls && { servername: tls.servername, ALPNProtocols: ['http/1.1'], ...(tls.ca === undefined ? {} : { ca: tls.ca }) }
    const endpoint = { host, port, onread, ...secure }
    const socket: Socket = secure ? connectTls(endpoint) : connectTcp(endpoint)
    socket.setNoDelay(true)
    socket.once('connect', () => {
      tcpAt = performance.now()
      if (!tls) this.#events.connected(tcpAt - begun, 0)
    })
    if (tls) socket.once('secureConnect', () => this.#events.connected(tcpAt - begun, performance.now() - tcpAt))
    socket.on('error', (error) => (this.#error = error))
    // For an answer without a length this is its end.
    socket.once('end', () => this.#parser.finish())
    socket.once('close', () => this.#events.lost(this.#error))
    socket.resume()
    return socket
  }

  #read(buffer: Buffer, length: number): boolean {
    this.#received += length
    this.#parser.push(buffer, length)
    return true
  }

  #whole(left: number): void {
    const answer = this.#answer.whole(this.#received - left)
    this.#received = left
    if (answer) this.#events.answered(answer, left, performance.now())
  }
}

export const openDirect: OpenWire = (target, events) => new DirectWire(target, events)

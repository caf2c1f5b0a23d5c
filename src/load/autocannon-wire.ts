import { AnswerBuilder } from './answer-builder.ts'
import { HeldClient } from './autocannon-client.ts'
import type { ResponseHead } from './response-head.ts'
import { ResponseParser } from './response-parser.ts'
import type { Target } from './target.ts'
import { cutShort, readBytes, timedOut } from './wire.ts'
import type { OpenWire, Wire, WireEvents } from './wire.ts'

/**
 * autocannon as the transport of one connection: its client opens the socket, writes, times out, and tells of each answer in its `response` event. What
 * comes is read by our parser, so that every answer is held against RFC 9112. What it would pass over in silence is told: a lost connection, an
 * answer that cannot be read, one that nobody asked for.
 */
class AutocannonWire implements Wire {
  readonly #events: WireEvents
  readonly #client: HeldClient
  readonly #answer: AnswerBuilder
  readonly #parser: ResponseParser
  #head: { readonly of: ResponseHead; readonly statusCode: number; readonly headers: readonly string[] } | undefined
  /** Bytes of the read at hand that follow the answer. */
  #left = 0
  #received = 0
  #error: Error | undefined

  constructor({ host, port }: Target, events: WireEvents, timeoutMs: number) {
    this.#events = events
    this.#answer = new AnswerBuilder((status) => events.keepBody(status), events.reading)
    this.#parser = new ResponseParser({
      head: (head) => this.#begin(head),
      body: (buffer, from, to) => this.#answer.take(buffer, from, to),
      end: (left) => {
        this.#left = left
        this.#client.ended()
      },
      broken: (message) => this.#broken(message),
    })
    const begun = performance.now()
    const onread = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length: number, buffer: Uint8Array) => this.#read(buffer as Buffer, length),
    }
    const client = new HeldClient({ host, port, timeoutMs, onread })
    this.#client = client
    client.on('response', () => this.#whole())
    client.on('timeout', () => events.failed(timedOut(timeoutMs)))
    client.on('connError', (error: Error) => (this.#error = error))
    const { socket } = client
    socket.setNoDelay(true)
    socket.once('connect', () => events.connected(performance.now() - begun, 0))
    // For an answer without a length this is its end.
    socket.once('end', () => this.#parser.finish())
    socket.once('close', () => events.lost(this.#error))
  }

  expect(answersHead: boolean): void {
    this.#parser.answersHead = answersHead
  }

  send(bytes: Buffer): void {
    this.#client.send(bytes)
  }

  partial(): ReturnType<Wire['partial']> {
    return this.#answer.partial()
  }

  cutShort(): string | undefined {
    return this.#parser.midway ? cutShort(this.#answer.owed) : undefined
  }

  destroy(): void {
    this.#client.destroy()
  }

  #read(buffer: Buffer, length: number): boolean {
    this.#received += length
    this.#client.received(length)
    this.#parser.push(buffer, length)
    return true
  }

  #begin(head: ResponseHead): void {
    // autocannon would fall over it.
    if (!this.#client.waits) return this.#broken('the server sent an answer to no request')
    this.#answer.begin(head)
    if (this.#head?.of !== head) this.#head = { of: head, statusCode: head.status, headers: [] }
    this.#client.begun(this.#head)
  }

  #whole(): void {
    const left = this.#left
    const answer = this.#answer.whole(this.#received - left)
    this.#received = left
    if (answer) this.#events.answered(answer, left, performance.now())
  }

  #broken(message: string): void {
    this.#events.failed({ kind: 'protocol', message })
  }
}

export const openAutocannon: OpenWire = (target, events, timeoutMs) => new AutocannonWire(target, events, timeoutMs)

import { AnswerBuilder } from './answer-builder.ts'
import { HeldClient } from './autocannon-client.ts'
import type { AutocannonHead } from './autocannon-client.ts'
import { readHead } from './response-head.ts'
import type { ResponseHead } from './response-head.ts'
import { longestHead } from './response-parser.ts'
import type { Target } from './target.ts'
import { cutShort, timedOut } from './wire.ts'
import type { OpenWire, Wire, WireEvents } from './wire.ts'

/**
 * autocannon as the transport of one connection: its socket, parser and timer, and the response time of its `response` events. What it would pass
 * over in silence is told: a lost connection, an answer that cannot be read, bytes that nobody asked for.
 */
class AutocannonWire implements Wire {
  readonly #events: WireEvents
  readonly #client: HeldClient
  readonly #answer: AnswerBuilder
  /** When the requests without an answer were sent. */
  readonly #sentAt: number[] = []
  #answersHead = false
  #last: ResponseHead | undefined
  /** Bytes of the next answer that came in one read with the end of the last. */
  #carried = 0
  #error: Error | undefined

  constructor({ host, port }: Target, events: WireEvents, timeoutMs: number) {
    this.#events = events
    this.#answer = new AnswerBuilder((status) => events.keepBody(status), events.reading)
    const begun = performance.now()
    const client = new HeldClient({ hostname: host, port, timeout: timeoutMs / 1000 })
    this.#client = client
    client.on('headers', (head: AutocannonHead) => this.#begin(head))
    client.on('body', (part: Buffer) => this.#answer.take(part, 0, part.length))
    client.on('response', (_status: number, bytes: number, ms: number) => this.#whole(bytes, ms))
    client.on('timeout', () => events.failed(timedOut(timeoutMs)))
    client.on('connError', (error: Error) => (this.#error = error))
    const { socket } = client
    socket.setNoDelay(true)
    socket.once('connect', () => events.connected(performance.now() - begun, 0))
    socket.on('data', () => this.#inspect())
    // For an answer without a length this is its end.
    socket.once('end', () => client.parser.finish())
    socket.once('close', () => events.lost(this.#error))
  }

  expect(answersHead: boolean): void {
    this.#answersHead = answersHead
  }

  send(bytes: Buffer): void {
    this.#sentAt.push(performance.now())
    this.#client.send(bytes)
  }

  partial(): ReturnType<Wire['partial']> {
    return this.#answer.partial()
  }

  cutShort(): string | undefined {
    return this.#answer.begun || this.#unread > 0 ? cutShort(this.#answer.owed) : undefined
  }

  destroy(): void {
    this.#client.destroy()
  }

  /** Bytes that came of the answer that is being read. */
  get #unread(): number {
    return this.#client.pipelinedRequests.peek()?.bytes ?? 0
  }

  #begin(fields: AutocannonHead): void {
    const { destroyed, parser } = this.#client
    if (destroyed) return
    // autocannon would fall over it.
    if (this.#sentAt.length === 0) return this.#broken('the server sent an answer to no request')
    const text = headText(fields)
    const head = this.#last?.text === text && !this.#answersHead ? this.#last : readHead(text, this.#answersHead)
    if (typeof head === 'string') return this.#broken(head)
    if (head.status < 200) return this.#broken(`autocannon takes an interim answer (${head.status}) for the answer`)
    if (!this.#answersHead) this.#last = head
    if (head.framing === 'none') {
      // It does not know of HEAD, and would wait for a body.
      parser.isChunked = false
      parser.body_bytes = 0
    } else if (head.framing === 'chunked' && !parser.isChunked) return this.#broken('autocannon does not know this transfer-encoding')
    this.#answer.begin(head)
  }

  #whole(bytes: number, ms: number): void {
    const { offset, end } = this.#client.parser
    const left = end - offset
    const at = (this.#sentAt.shift() ?? 0) + ms
    const answer = this.#answer.whole(bytes + this.#carried - left)
    this.#carried = left
    if (answer) this.#events.answered(answer, left, at)
  }

  /** After each read: what the client does not tell. */
  #inspect(): void {
    const { destroyed, parser } = this.#client
    if (destroyed) return
    if (parser.hadError) this.#broken('the answer is not HTTP/1.1 as autocannon reads it')
    else if (parser.line.length > longestHead || (!this.#answer.begun && this.#unread > longestHead))
      this.#broken('the answer has more than 64 kB of headers')
  }

  #broken(message: string): void {
    this.#events.failed({ kind: 'protocol', message })
  }
}

/** The lines of a head, as they were but for spaces around the values. */
function headText({ versionMajor, versionMinor, statusCode, statusMessage, headers }: AutocannonHead): string {
  let text = `HTTP/${versionMajor}.${versionMinor} ${statusCode} ${statusMessage}`
  for (let at = 0; at < headers.length; at += 2) text += `\r\n${headers[at]}: ${headers[at + 1]}`
  return text
}

export const openAutocannon: OpenWire = (target, events, timeoutMs) => new AutocannonWire(target, events, timeoutMs)

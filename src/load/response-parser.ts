import type { ResponseHead } from './response-head.ts'
import { readHead } from './response-head.ts'

/** What the parser tells, in the order of the bytes. `left` is how many bytes of this read follow the end of the answer. */
export interface ParserSink {
  head(head: ResponseHead): void
  body(buffer: Buffer, from: number, to: number): void
  end(left: number): void
  broken(reason: string): void
}

type State = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close' | 'broken'

const headEnd = Buffer.from('\r\n\r\n')
export const longestHead = 65_536
const longestLine = 4096
const carriageReturn = 13
const lineFeed = 10

/**
 * Reads HTTP/1.1 answers from a stream of reads (RFC 9112). It keeps no body and at most 64 kB of head, so that no server can fill
 * the generator's memory. Equal heads are read once: a server under load repeats its head, except for the date once a second.
 */
export class ResponseParser {
  /** Set before each answer: it belongs to a HEAD request and has no body. */
  answersHead = false
  #state: State = 'head'
  #left = 0
  #kept: Buffer | undefined
  #line = ''
  #last: ResponseHead | undefined
  readonly #sink: ParserSink

  constructor(sink: ParserSink) {
    this.#sink = sink
  }

  /** Whether an answer has begun and is not whole. */
  get midway(): boolean {
    return this.#state !== 'head' || this.#kept !== undefined
  }

  /** The server closed the connection: for an answer without a length that is its end. */
  finish(): void {
    if (this.#state !== 'until-close') return
    this.#state = 'head'
    this.#sink.end(0)
  }

  push(buffer: Buffer, length: number): void {
    let at = 0
    while (at < length && this.#state !== 'broken') {
      switch (this.#state) {
        case 'head':
          at = this.#readHead(buffer, at, length)
          break
        case 'length':
        case 'chunk-data': {
          const to = Math.min(length, at + this.#left)
          this.#sink.body(buffer, at, to)
          this.#left -= to - at
          at = to
          if (this.#left > 0) break
          if (this.#state === 'chunk-data') this.#state = 'chunk-end'
          else this.#done(length - at)
          break
        }
        case 'until-close':
          this.#sink.body(buffer, at, length)
          at = length
          break
        case 'chunk-size':
        case 'chunk-end':
        case 'trailer':
          at = this.#readLine(buffer, at, length)
          break
      }
    }
  }

  #done(left: number): void {
    this.#state = 'head'
    this.#sink.end(left)
  }

  #broken(reason: string): void {
    this.#state = 'broken'
    this.#sink.broken(reason)
  }

  #readHead(buffer: Buffer, at: number, length: number): number {
    const kept = this.#kept
    const data = kept ? Buffer.concat([kept, buffer.subarray(at, length)]) : buffer
    const from = kept ? 0 : at
    const to = kept ? data.length : length
    const found = data.indexOf(headEnd, from)
    if (found < 0 || found + 4 > to) {
      if (to - from > longestHead) this.#broken('the answer has more than 64 kB of headers')
      else if (to - from >= 5 && data.toString('latin1', from, from + 5) !== 'HTTP/') this.#broken(readFirst(data, from, to))
      else this.#kept = Buffer.from(data.subarray(from, to))
      return length
    }
    this.#kept = undefined
    const text = data.toString('latin1', from, found)
    const known = this.#last?.text === text && !this.answersHead ? this.#last : undefined
    const head = known ?? readHead(text, this.answersHead)
    if (typeof head === 'string') {
      this.#broken(head)
      return length
    }
    if (!this.answersHead) this.#last = head
    const next = found + 4 - (kept ? kept.length - at : 0)
    if (head.status >= 200) this.#begin(head, length - next)
    return next
  }

  #begin(head: ResponseHead, left: number): void {
    this.#sink.head(head)
    this.#left = head.length
    if (head.framing === 'chunked') this.#state = 'chunk-size'
    else if (head.framing === 'until-close') this.#state = 'until-close'
    else if (head.length > 0) this.#state = 'length'
    else this.#done(left)
  }

  #readLine(buffer: Buffer, at: number, length: number): number {
    const end = buffer.indexOf(lineFeed, at)
    const to = end < 0 || end >= length ? length : end
    this.#line += buffer.toString('latin1', at, to)
    if (this.#line.length > longestLine) this.#broken('a chunk of the answer starts with a line of more than 4 kB')
    if (to === length) return length
    const line = this.#line.charCodeAt(this.#line.length - 1) === carriageReturn ? this.#line.slice(0, -1) : this.#line
    this.#line = ''
    this.#endLine(line, length - to - 1)
    return to + 1
  }

  #endLine(line: string, left: number): void {
    if (this.#state === 'chunk-end') {
      if (line === '') this.#state = 'chunk-size'
      else this.#broken('a chunk of the answer is longer than it said')
    } else if (this.#state === 'trailer') {
      if (line === '') this.#done(left)
    } else {
      const size = /^([\da-f]{1,12})[ \t]*(?:;|$)/i.exec(line)?.[1]
      if (size === undefined) return this.#broken(`a chunk of the answer has no size: ${JSON.stringify(line.slice(0, 40))}`)
      this.#left = Number.parseInt(size, 16)
      this.#state = this.#left === 0 ? 'trailer' : 'chunk-data'
    }
  }
}

function readFirst(data: Buffer, from: number, to: number): string {
  const answer = readHead(data.toString('latin1', from, Math.min(to, from + 64)), false)
  return typeof answer === 'string' ? answer : 'the answer is not HTTP/1.1'
}

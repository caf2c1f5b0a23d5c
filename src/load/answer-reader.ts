import type { Answer, Failure } from './exchange.ts'
import type { ResponseHead } from './response-head.ts'
import { ResponseParser } from './response-parser.ts'

export interface AnswerEvents {
  /** How many bytes of the body of an answer with this status are wanted. */
  keepBody(status: number): number
  /** An answer is whole; `left` bytes of the same read follow it. */
  whole(answer: Answer, left: number): void
  broken(reason: string): void
}

/** Puts answers together from what the parser tells: head, size, and as much of the body as is wanted. */
export class AnswerReader {
  readonly #events: AnswerEvents
  readonly #parser: ResponseParser
  #head: ResponseHead | undefined
  #received = 0
  #bodyBytes = 0
  #wanted = 0
  #chunks: Buffer[] = []

  constructor(events: AnswerEvents) {
    this.#events = events
    this.#parser = new ResponseParser({
      head: (head) => this.#begin(head),
      body: (buffer, from, to) => this.#take(buffer, from, to),
      end: (left) => this.#end(left),
      broken: (reason) => events.broken(reason),
    })
  }

  /** The next answer belongs to a request of this kind. */
  expect(answersHead: boolean): void {
    this.#parser.answersHead = answersHead
  }

  push(buffer: Buffer, length: number): void {
    this.#received += length
    this.#parser.push(buffer, length)
  }

  /** The server has closed: for an answer without a length that is its end. */
  finish(): void {
    this.#parser.finish()
  }

  /** What there is of an answer that is not whole. */
  partial(): Pick<Failure, 'head' | 'body'> {
    return { head: this.#head, body: this.#body() }
  }

  /** Says how an answer was cut short; undefined where none had begun. */
  cutShort(): string | undefined {
    if (!this.#parser.midway) return undefined
    const { owed } = this.#parser
    return owed > 0
      ? `the connection was closed ${owed} bytes before the content-length was reached`
      : 'the connection was closed within the answer'
  }

  #begin(head: ResponseHead): void {
    this.#head = head
    this.#wanted = this.#events.keepBody(head.status)
  }

  #take(buffer: Buffer, from: number, to: number): void {
    this.#bodyBytes += to - from
    if (this.#wanted <= 0) return
    const part = Buffer.from(buffer.subarray(from, Math.min(to, from + this.#wanted)))
    this.#wanted -= part.length
    this.#chunks.push(part)
  }

  #end(left: number): void {
    const head = this.#head
    if (!head) return
    const answer: Answer = { head, bytes: this.#received - left, bodyBytes: this.#bodyBytes, body: this.#body() }
    this.#received = left
    this.#head = undefined
    this.#bodyBytes = 0
    if (this.#chunks.length > 0) this.#chunks = []
    this.#events.whole(answer, left)
  }

  #body(): Buffer | undefined {
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : this.#chunks[0]
  }
}

import type { Answer, Failure } from './exchange.ts'
import type { ResponseHead } from './response-head.ts'

/** Puts answers together, one after the other: head, size, and as much of the body as is wanted. */
export class AnswerBuilder {
  readonly #keepBody: (status: number) => number
  readonly #reading: ((bodyBytes: number) => void) | undefined
  #head: ResponseHead | undefined
  #bodyBytes = 0
  #wanted = 0
  #chunks: Buffer[] = []

  constructor(keepBody: (status: number) => number, reading: ((bodyBytes: number) => void) | undefined) {
    this.#keepBody = keepBody
    this.#reading = reading
  }

  /** A head has come and its answer is not whole. */
  get begun(): boolean {
    return this.#head !== undefined
  }

  /** How many body bytes are still owed, where the answer stated a length. */
  get owed(): number {
    return this.#head?.framing === 'length' ? this.#head.length - this.#bodyBytes : 0
  }

  begin(head: ResponseHead): void {
    this.#head = head
    this.#wanted = this.#keepBody(head.status)
  }

  take(buffer: Buffer, from: number, to: number): void {
    this.#bodyBytes += to - from
    this.#reading?.(this.#bodyBytes)
    if (this.#wanted <= 0) return
    const part = Buffer.from(buffer.subarray(from, Math.min(to, from + this.#wanted)))
    this.#wanted -= part.length
    this.#chunks.push(part)
  }

  /** The answer, of `bytes` in all. Undefined where no head has come. */
  whole(bytes: number): Answer | undefined {
    const head = this.#head
    if (!head) return undefined
    const answer = { head, bytes, bodyBytes: this.#bodyBytes, body: this.#body() }
    this.#head = undefined
    this.#bodyBytes = 0
    if (this.#chunks.length > 0) this.#chunks = []
    return answer
  }

  partial(): Pick<Failure, 'head' | 'body'> {
    return { head: this.#head, body: this.#body() }
  }

  #body(): Buffer | undefined {
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : this.#chunks[0]
  }
}

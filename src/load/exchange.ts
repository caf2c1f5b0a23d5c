import type { FailureKind } from '../model/measured.ts'
import type { ResponseHead } from './response-head.ts'

/** A request as bytes, ready to be written. */
export interface EncodedRequest {
  readonly bytes: Buffer
  /** The step it is timed under; `''` where the load has one kind of request. */
  readonly name: string
  readonly answersHead: boolean
}

/** One request and what becomes of it. Times are `performance.now()` of the process that sends. */
export interface Exchange {
  readonly request: EncodedRequest
  readonly user: number
  /** When it was meant to be sent: latency counts from here. */
  readonly due: number
  /** It was sent on a connection that had served a request before. */
  reused: boolean
  /** It has been counted as a failure. */
  refused: boolean
}

export interface Answer {
  readonly head: ResponseHead
  readonly bytes: number
  readonly bodyBytes: number
  /** As much of the body as `keepBody` allowed. */
  readonly body: Buffer | undefined
}

export interface Failure {
  readonly kind: FailureKind
  readonly message: string
  readonly head?: ResponseHead | undefined
  readonly body?: Buffer | undefined
}

/** Who is told about the requests of a connection. `at` is when the last byte was seen. */
export interface ExchangeSink {
  /** How many bytes of the body of an answer with this status are wanted. */
  keepBody(status: number): number
  answered(exchange: Exchange, answer: Answer, at: number): void
  failed(exchange: Exchange, failure: Failure, at: number): void
}

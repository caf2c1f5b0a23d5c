import type { Answer, Failure } from './exchange.ts'
import type { Target } from './target.ts'

/** What a wire tells. Nothing is told before `openWire` has returned. */
export interface WireEvents {
  /** How many bytes of the body of an answer with this status are wanted. */
  keepBody(status: number): number
  /** So much of the body of an answer has come. */
  readonly reading?: (bodyBytes: number) => void
  /** TCP (and TLS) are up. */
  connected(connectMs: number, tlsMs: number): void
  /** An answer is whole; `left` bytes of the same read follow it. `at` is when its last byte was seen. */
  answered(answer: Answer, left: number, at: number): void
  /** It cannot be read any further. */
  failed(failure: Failure): void
  /** The connection is closed, by an error or by the server. */
  lost(error: Error | undefined): void
}

/** What moves the bytes of one connection and reads its answers. Which answer belongs to which request is not its business. */
export interface Wire {
  /** The next answer belongs to a request of this kind. */
  expect(answersHead: boolean): void
  send(bytes: Buffer): void
  /** What there is of an answer that is not whole. */
  partial(): Pick<Failure, 'head' | 'body'>
  /** Says how an answer was cut short; undefined where none had begun. */
  cutShort(): string | undefined
  destroy(): void
}

/** Opens a connection. */
export type OpenWire = (target: Target, events: WireEvents, timeoutMs: number) => Wire

/** Size of the one buffer that a connection reads into. */
export const readBytes = 16_384

export function timedOut(timeoutMs: number): Failure {
  return { kind: 'timeout', message: `no whole answer within ${timeoutMs} ms` }
}

export function cutShort(owed: number): string {
  return owed > 0
    ? `the connection was closed ${owed} bytes before the content-length was reached`
    : 'the connection was closed within the answer'
}

import type { FailedResponse, FailureKind } from '../model/measured.ts'
import type { Failure } from './exchange.ts'
import type { Redactor } from '../model/redactor.ts'

const kept = 5
const keptBodyBytes = 2048

/** Failures counted by kind; the first five are kept, without credentials. */
export class Failures {
  total = 0
  readonly byKind: Record<FailureKind, number> = { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0 }
  readonly first: FailedResponse[] = []
  readonly #redactor: Redactor

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  /** Body bytes worth keeping of an answer with this status. */
  keepBody(status: number): number {
    return status >= 400 && this.first.length < kept ? keptBodyBytes : 0
  }

  add(failure: Failure, sinceMs: number): void {
    this.total += 1
    this.byKind[failure.kind] += 1
    if (this.first.length >= kept) return
    this.first.push({
      kind: failure.kind,
      at_ms: sinceMs,
      message: this.#redactor.redact(failure.message),
      ...(failure.head ? { status: failure.head.status } : {}),
      ...(failure.body ? { body: this.#redactor.redact(cut(failure.body)) } : {}),
    })
  }
}

function cut(body: Buffer): string {
  // A character cut in two would show as a replacement character.
  return body.length <= keptBodyBytes
    ? body.toString()
    : body
        .subarray(0, keptBodyBytes)
        .toString()
        .replace(/\uFFFD$/, '')
}

import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { LoadTimes } from '../model/measured.ts'
import type { Answer, Exchange, Failure } from './exchange.ts'
import { Failures } from './failures.ts'
import { latencyHistogram, recordMilliseconds } from './latency-histogram.ts'
import { Moments } from './moments.ts'
import { Recovery } from './recovery.ts'
import type { Redactor } from '../model/redactor.ts'
import { Steps } from './steps.ts'
import { Windows } from './windows.ts'

type Figures =
  | 'histogram'
  | 'min_ms'
  | 'max_ms'
  | 'mean_ms'
  | 'stddev_ms'
  | 'requests'
  | 'failures'
  | 'first_failures'
  | 'bytes_received'
  | 'body_bytes_received'
  | 'bytes_sent'
  | 'windows'
  | 'steps'
  | 'recovery_time_ms'

/**
 * The books of one measurement. Every request of the measured time enters once: answered, or lost. Latencies are those of answers, of any
 * status, and of time-outs, which would have taken at least as long as was waited; a broken connection has none.
 */
export class Ledger {
  requests = 0
  readonly failures: Failures
  readonly #startedAt: number
  readonly #histogram = latencyHistogram()
  readonly #moments = new Moments()
  readonly #steps = new Steps()
  readonly #windows: Windows
  readonly #recovery = new Recovery()
  #received = 0
  #body = 0
  #sent = 0
  #lastMs = 0

  constructor(startedAt: number, durationMs: number, redactor: Redactor) {
    this.#startedAt = startedAt
    this.#windows = new Windows(durationMs)
    this.failures = new Failures(redactor)
  }

  /** An answer came. Whether it is good is told by `good` or `refuse`. */
  answered(exchange: Exchange, answer: Answer, at: number): void {
    this.#body += answer.bodyBytes
    this.#enter(exchange, at - exchange.due, answer.bytes, at)
  }

  /** No usable answer came. */
  lost(exchange: Exchange, failure: Failure, at: number): void {
    this.#enter(exchange, failure.kind === 'timeout' ? at - exchange.due : undefined, 0, at)
    this.refuse(exchange, failure, at)
  }

  good(at: number): void {
    this.#recovery.good(at - this.#startedAt)
  }

  /** A request that has been entered was not good. */
  refuse(exchange: Exchange, failure: Failure, at: number): void {
    exchange.refused = true
    const sinceMs = at - this.#startedAt
    this.failures.add(failure, sinceMs)
    this.#windows.fail(sinceMs)
    this.#recovery.failed(sinceMs)
    this.#steps.fail(exchange.request.name)
  }

  /** What can be seen while the load runs. */
  soFar(): { readonly requests: number; readonly failures: LoadTimes['failures']; readonly maxMs: number } {
    return { requests: this.requests, failures: this.failures.byKind, maxMs: this.#moments.max }
  }

  figures(at: number): Pick<LoadTimes, Figures> {
    const recovery = this.#recovery.time()
    return {
      histogram: encodeIntoCompressedBase64(this.#histogram),
      min_ms: this.#moments.min,
      max_ms: this.#moments.max,
      mean_ms: this.#moments.mean,
      stddev_ms: this.#moments.deviation,
      requests: this.requests,
      failures: { ...this.failures.byKind },
      first_failures: this.failures.first,
      bytes_received: this.#received,
      body_bytes_received: this.#body,
      bytes_sent: this.#sent,
      ...(recovery === undefined ? {} : { recovery_time_ms: recovery }),
      windows: this.#windows.close(Math.max(this.#lastMs, at - this.#startedAt)),
      steps: this.#steps.figures(),
    }
  }

  #enter(exchange: Exchange, latencyMs: number | undefined, bytes: number, at: number): void {
    const sinceMs = at - this.#startedAt
    this.requests += 1
    this.#sent += exchange.request.bytes.length
    this.#received += bytes
    this.#lastMs = Math.max(this.#lastMs, sinceMs)
    this.#windows.add(sinceMs, latencyMs, bytes)
    this.#steps.add(exchange.request.name, latencyMs)
    if (latencyMs === undefined) return
    recordMilliseconds(this.#histogram, latencyMs)
    this.#moments.add(latencyMs)
  }
}

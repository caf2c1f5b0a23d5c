import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import type { LoadWindow } from '../model/measured.ts'
import { latencyHistogram, recordMilliseconds } from './latency-histogram.ts'

/** Longest wait before a window without an answer is written, so that a hole in the series is seen as one. */
const most = 2000
/** A window as long as this can stand for itself, so its latencies are kept: 1 to 7 kB each, at most a hundred of them. */
const wholeMs = 3000

/** The series of a load: one histogram, emptied at the end of each window, or kept where the windows are long. */
export class Windows {
  readonly #lengthMs: number
  readonly #done: { readonly window: LoadWindow; readonly kept: Histogram | undefined }[] = []
  #histogram = latencyHistogram()
  #index = 0
  #requests = 0
  #failures = 0
  #bytes = 0

  constructor(durationMs: number) {
    this.#lengthMs = Math.max(1000, durationMs / 100)
  }

  /** `at` counts from the start of the measurement; `latencyMs` is undefined where there was no answer. */
  add(at: number, latencyMs: number | undefined, bytes: number): void {
    this.#reach(at)
    this.#requests += 1
    this.#bytes += bytes
    if (latencyMs !== undefined) recordMilliseconds(this.#histogram, latencyMs)
  }

  fail(at: number): void {
    this.#reach(at)
    this.#failures += 1
  }

  /** The windows up to `at`; the last one may be short. */
  close(at: number): readonly LoadWindow[] {
    this.#reach(at)
    if (this.#requests + this.#failures > 0) this.#flush()
    // Written now: it would take a millisecond from the load.
    return this.#done.map(({ window, kept }) => (kept ? { ...window, histogram: encodeIntoCompressedBase64(kept) } : window))
  }

  #reach(at: number): void {
    const index = Math.floor(at / this.#lengthMs)
    while (this.#index < index && this.#done.length < most) this.#flush()
    this.#index = Math.max(index, this.#index)
  }

  #flush(): void {
    const histogram = this.#histogram
    const answered = histogram.totalCount > 0
    const window = {
      at_ms: this.#index * this.#lengthMs,
      requests: this.#requests,
      failures: this.#failures,
      bytes: this.#bytes,
      ...(answered ? { p50_ms: histogram.getValueAtPercentile(50) / 1000, p99_ms: histogram.getValueAtPercentile(99) / 1000 } : {}),
    }
    const whole = answered && this.#lengthMs >= wholeMs
    this.#done.push({ window, kept: whole ? histogram : undefined })
    if (whole) this.#histogram = latencyHistogram()
    else if (answered) histogram.reset()
    this.#index += 1
    this.#requests = 0
    this.#failures = 0
    this.#bytes = 0
  }
}

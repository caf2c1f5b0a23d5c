import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import type { LoadTimes } from '../model/measured.ts'
import { latencyHistogram, recordMilliseconds } from './latency-histogram.ts'

const most = 100

interface Step {
  readonly histogram: Histogram
  requests: number
  failures: number
}

/** Figures by name: the steps of a session, or the requests of a mix. A load of one kind of request has none. */
export class Steps {
  readonly #steps = new Map<string, Step>()

  add(name: string, latencyMs: number | undefined): void {
    if (name === '') return
    const step = this.#step(name)
    step.requests += 1
    if (latencyMs !== undefined) recordMilliseconds(step.histogram, latencyMs)
  }

  fail(name: string): void {
    if (name !== '') this.#step(name).failures += 1
  }

  figures(): LoadTimes['steps'] {
    return Object.fromEntries(
      [...this.#steps].map(([name, { histogram, requests, failures }]) => [
        name,
        { histogram: encodeIntoCompressedBase64(histogram), requests, failures },
      ]),
    )
  }

  /** Names made up while the load runs must not fill the memory: beyond the hundredth they share one entry. */
  #step(name: string): Step {
    const key = this.#steps.has(name) || this.#steps.size < most ? name : '(other steps)'
    const known = this.#steps.get(key)
    if (known) return known
    const step = { histogram: latencyHistogram(), requests: 0, failures: 0 }
    this.#steps.set(key, step)
    return step
  }
}

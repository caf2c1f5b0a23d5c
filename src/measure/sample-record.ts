import type { SampledTimes } from '../model/measured.ts'
import { mergeNeighbours } from './merge-neighbours.ts'

export interface RecordedSamples {
  readonly ns_per_call: readonly number[]
  readonly block_starts: readonly number[]
  /** Calls of one sample. */
  readonly batch: number
  readonly undisturbed?: SampledTimes['undisturbed']
}

/** 10,000 samples of six digits are about 100 kB as JSON. */
const kept = 10_000
/** Samples held before neighbours are merged, which bounds the memory of long runs. */
const held = 100_000

/**
 * The samples of a case, in time order. When there are too many, neighbours are merged into their mean: the sample then
 * stands for more calls, but no call is left out.
 */
export class SampleRecord {
  #times: number[] = []
  #starts: number[] = []
  #merged = 1
  #sum = 0
  #pending = 0
  readonly #batch: number

  constructor(batch: number) {
    this.#batch = batch
  }

  /** The samples from here on were taken in a turn of their own. */
  startBlock(): void {
    this.#flush()
    this.#starts.push(this.#times.length)
  }

  add(nsPerCall: number): void {
    this.#sum += nsPerCall
    this.#pending++
    if (this.#pending === this.#merged) this.#flush()
    if (this.#times.length > held) this.#merge(2)
  }

  finish(): RecordedSamples {
    this.#flush()
    this.#merge(Math.ceil(this.#times.length / kept))
    return {
      ns_per_call: this.#times.map((time) => Number(time.toPrecision(6))),
      block_starts: this.#starts,
      batch: this.#batch * this.#merged,
    }
  }

  #flush(): void {
    if (this.#pending === 0) return
    this.#times.push(this.#sum / this.#pending)
    this.#sum = 0
    this.#pending = 0
  }

  #merge(neighbours: number): void {
    if (neighbours < 2) return
    const merged = mergeNeighbours(this.#times, this.#starts, neighbours)
    this.#times = merged.times
    this.#starts = merged.starts
    this.#merged *= neighbours
  }
}

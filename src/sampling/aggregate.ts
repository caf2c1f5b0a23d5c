import type { Milliseconds } from '../model/units.ts'
import type { Aggregation } from './sampler.ts'

/** Folds readings as they come, so that a long case needs no more memory than a short one. */
export interface Accumulator {
  push(at: Milliseconds, value: number): void
  /** The next reading does not continue the last one: the measured phase was left in between. */
  interrupt(): void
  result(): number | undefined
}

/** Growth of a counter over all stretches, and their length. A reading below an earlier one is a process on its way out, not a loss. */
function growth(): Accumulator & { elapsed(): Milliseconds } {
  let first: { at: Milliseconds; value: number } | undefined
  let highest = 0
  let last = 0
  let grown = 0
  let elapsed = 0
  const open = (): number => (first ? highest - first.value : 0)
  return {
    push(at, value) {
      first ??= { at, value }
      highest = first.value === value && first.at === at ? value : Math.max(highest, value)
      last = at
    },
    interrupt() {
      grown += open()
      elapsed += first ? last - first.at : 0
      first = undefined
    },
    result: () => (first || elapsed > 0 ? grown + open() : undefined),
    elapsed: () => elapsed + (first ? last - first.at : 0),
  }
}

function rate(): Accumulator {
  const counter = growth()
  return {
    push: (at, value) => counter.push(at, value),
    interrupt: () => counter.interrupt(),
    result() {
      const grown = counter.result()
      return grown === undefined || counter.elapsed() <= 0 ? undefined : (grown / counter.elapsed()) * 1000
    },
  }
}

/** Trapezoids between readings; a single reading stands for itself. */
function mean(): Accumulator {
  let last: { at: Milliseconds; value: number } | undefined
  let only: number | undefined
  let area = 0
  let width = 0
  return {
    push(at, value) {
      if (last) {
        area += ((last.value + value) / 2) * (at - last.at)
        width += at - last.at
      }
      only ??= value
      last = { at, value }
    },
    interrupt() {
      last = undefined
    },
    result: () => (width > 0 ? area / width : only),
  }
}

function choose(better: (kept: number, value: number) => number): Accumulator {
  let kept: number | undefined
  return {
    push(_at, value) {
      kept = kept === undefined ? value : better(kept, value)
    },
    interrupt() {},
    result: () => kept,
  }
}

export const accumulators = {
  total: growth,
  rate,
  mean,
  peak: () => choose(Math.max),
  last: () => choose((_kept, value) => value),
} as const satisfies Record<Aggregation, () => Accumulator>

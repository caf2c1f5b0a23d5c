import { performance } from 'node:perf_hooks'
import type { Milliseconds, Nanoseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'

/**
 * Milliseconds of the monotonic clock. The reference is taken when this module loads: a body, or fake timers, that put
 * another `performance.now` in place do not change what we read.
 */
export const now: () => Milliseconds = performance.now.bind(performance)

interface ClockQuality {
  /** What one reading costs; a timed stretch includes about one. */
  readonly overhead_ns: Nanoseconds
  /** Smallest step that two readings in a row showed. */
  readonly resolution_ns: Nanoseconds
}

let known: ClockQuality | undefined

/** Measured once a process, in about 3 ms: the median of 21 rounds of 1000 readings. */
export function clockQuality(): ClockQuality {
  known ??= measureClock()
  return known
}

function measureClock(): ClockQuality {
  const readings = 1000
  const rounds: number[] = []
  let step = Number.POSITIVE_INFINITY
  for (let round = 0; round < 21; round++) {
    const start = now()
    let last = start
    for (let reading = 0; reading < readings; reading++) {
      const time = now()
      if (time > last && time - last < step) step = time - last
      last = time
    }
    rounds.push((last - start) / readings)
  }
  rounds.sort((a, b) => a - b)
  return {
    overhead_ns: (rounds[10] ?? 0) * nanosecondsPerMillisecond,
    resolution_ns: Number.isFinite(step) ? step * nanosecondsPerMillisecond : nanosecondsPerMillisecond,
  }
}

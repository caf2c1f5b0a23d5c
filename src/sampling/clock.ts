import { performance } from 'node:perf_hooks'
import type { Milliseconds } from '../model/units.ts'

/** Taken when this module loads: a body, or fake timers, may put another one in its place. */
const performanceNow = performance.now.bind(performance)

/** `performance.now()` runs on the same clock and is cheaper to ask, but starts at 0 in every process. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performanceNow()

/** The system's monotonic clock, the same in every process of this machine, so that phases and samples share one axis. */
export function now(): Milliseconds {
  return performanceNow() + offset
}

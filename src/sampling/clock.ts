import type { Milliseconds } from '../model/units.ts'

/** The system's monotonic clock, the same in every process of this machine, so that phases and samples share one axis. */
export function now(): Milliseconds {
  return Number(process.hrtime.bigint()) / 1e6
}

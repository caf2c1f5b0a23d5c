import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { LoopReading } from './reading.ts'

/** Distance of the timer turns that are watched. Node counts it into every delay, so it is taken off again. */
const resolution_ms = 20

/** How late the loop is. */
export interface LoopWatch {
  /** Percentiles take longer than the rest. */
  read(percentiles: boolean): LoopReading
  /** The measured phase begins. */
  reset(): void
  close(): void
}

function monitor(): ReturnType<typeof monitorEventLoopDelay> {
  const started = monitorEventLoopDelay({ resolution: resolution_ms })
  started.enable()
  return started
}

const delayOf = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution_ms)

/**
 * By Node's own monitors, whose timer turns run no JavaScript: a timer of ours that wakes an idle program fifty times a second takes 1 % of a core. A monitor does not see the turn
 * after it was reset, which at ten answers a second is a good part of the time; so two take turns, and each is read at the second answer after its reset.
 */
export function watchLoop(): LoopWatch {
  const phase = monitor()
  let older = monitor()
  let newer = monitor()
  return {
    read(percentiles) {
      const { active, idle } = performance.eventLoopUtilization()
      const delay_max_ms = older.count > 0 ? delayOf(older.max) : 0
      older.reset()
      ;[older, newer] = [newer, older]
      const reading = { delay_max_ms, active_ms: active, idle_ms: idle }
      if (!percentiles) return reading
      return { ...reading, delay_p99_ms: phase.count > 0 ? delayOf(phase.percentile(99)) : 0 }
    },
    reset() {
      for (const each of [phase, older, newer]) each.reset()
    },
    close() {
      for (const each of [phase, older, newer]) each.disable()
    },
  }
}

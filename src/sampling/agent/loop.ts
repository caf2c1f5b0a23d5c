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

export function watchLoop(): LoopWatch {
  const phase = monitorEventLoopDelay({ resolution: resolution_ms })
  phase.enable()
  // The longest since the last answer has a timer of its own: a monitor does not see the turn after it was reset, which
  // at ten answers a second is a good part of the time.
  let longest = 0
  let last = performance.now()
  function turn(): void {
    const at = performance.now()
    longest = Math.max(longest, at - last - resolution_ms)
    last = at
  }
  const timer = setInterval(turn, resolution_ms)
  timer.unref()
  return {
    read(percentiles) {
      const { active, idle } = performance.eventLoopUtilization()
      // A question that is read right after a long turn comes before the timer that this turn has delayed.
      const overdue = performance.now() - last - resolution_ms
      const delay_max_ms = Math.max(longest, overdue)
      longest = 0
      const reading = { delay_max_ms, active_ms: active, idle_ms: idle }
      if (!percentiles) return reading
      return { ...reading, delay_p99_ms: phase.count > 0 ? Math.max(0, phase.percentile(99) / 1e6 - resolution_ms) : 0 }
    },
    reset: () => phase.reset(),
    close() {
      phase.disable()
      clearInterval(timer)
    },
  }
}

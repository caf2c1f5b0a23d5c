import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { LoopReading } from './reading.ts'

/** Distance of the timer turns that are watched. Node counts it into every delay, so it is taken off again. */
const resolution_ms = 20

const delay = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution_ms)

/** Two monitors: one for what happened since the last answer, one for the percentiles of the whole phase, which are asked for less often. */
export function watchLoop(): { read(percentiles: boolean): LoopReading; reset(): void; close(): void } {
  const recent = monitorEventLoopDelay({ resolution: resolution_ms })
  const phase = monitorEventLoopDelay({ resolution: resolution_ms })
  recent.enable()
  phase.enable()
  return {
    read(percentiles) {
      const { active, idle } = performance.eventLoopUtilization()
      const reading = {
        delay_max_ms: recent.count > 0 ? delay(recent.max) : 0,
        active_ms: active,
        idle_ms: idle,
        ...(percentiles ? { delay_p99_ms: phase.count > 0 ? delay(phase.percentile(99)) : 0 } : {}),
      }
      recent.reset()
      return reading
    },
    reset: () => phase.reset(),
    close() {
      recent.disable()
      phase.disable()
    },
  }
}

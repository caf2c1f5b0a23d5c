import type { Milliseconds } from '../model/units.ts'

/** Calls at every interval, never twice at a time. The timer keeps no process alive. */
export function everyInterval(interval_ms: Milliseconds, call: () => Promise<void>): { stop(): void } {
  let running = false
  const timer = setInterval(() => {
    if (running) return
    running = true
    void call().finally(() => {
      running = false
    })
  }, interval_ms)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

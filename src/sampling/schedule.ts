import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'

/** Calls on a grid: a late call does not push the ones after it, and a missed one is not made up for. The timer keeps no process alive. */
export function everyInterval(interval_ms: Milliseconds, call: () => Promise<void>): { stop(): void } {
  const origin = now()
  let stopped = false
  let timer: NodeJS.Timeout
  const next = (): void => {
    if (stopped) return
    const elapsed = now() - origin
    const turn = Math.floor(elapsed / interval_ms) + 1
    timer = setTimeout(() => void call().finally(next), turn * interval_ms - elapsed)
    timer.unref()
  }
  next()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

import { setImmediate } from 'node:timers/promises'
import { now } from './clock.ts'

const everyMs = 25

/**
 * A function to await between samples. Every 25 ms it lets the event loop turn, so that a time-out, Ctrl-C or a sampler's
 * timer is heard although the body never comes back to the loop by itself.
 */
export function eventLoopTurns(): () => Promise<void> | undefined {
  let last = now()
  const turn = async (): Promise<void> => {
    await setImmediate()
    last = now()
  }
  return () => (now() - last < everyMs ? undefined : turn())
}

import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/** Of the busiest process at each moment: a mean over a cluster would hide the one that is stuck. */
export const eventLoop = {
  metrics: catalogued({ event_loop_delay_p99_ms: 'last', event_loop_delay_max_ms: 'peak', event_loop_utilization: 'mean' }),
  source: 'agent',
  open() {
    const before = new Map<number, { active: number; idle: number }>()
    return {
      read({ agents: { live } }) {
        const utilizations = live.map(({ pid, loop }) => {
          const last = before.get(pid)
          before.set(pid, { active: loop.active_ms, idle: loop.idle_ms })
          const active = loop.active_ms - (last?.active ?? loop.active_ms)
          const idle = loop.idle_ms - (last?.idle ?? loop.idle_ms)
          return active + idle > 0 ? active / (active + idle) : undefined
        })
        const known = utilizations.filter((utilization) => utilization !== undefined)
        return {
          event_loop_delay_p99_ms: Math.max(0, ...live.map(({ loop }) => loop.delay_p99_ms ?? 0)),
          event_loop_delay_max_ms: Math.max(0, ...live.map(({ loop }) => loop.delay_max_ms)),
          ...(known.length > 0 ? { event_loop_utilization: Math.max(...known) } : {}),
        }
      },
    }
  },
} satisfies Sampler<'event_loop_delay_p99_ms' | 'event_loop_delay_max_ms' | 'event_loop_utilization'>

import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

const metrics = catalogued({
  gc_count: 'total',
  gc_minor_count: 'total',
  gc_major_count: 'total',
  gc_pause_ms: 'total',
  gc_minor_pause_ms: 'total',
  gc_major_pause_ms: 'total',
  gc_max_pause_ms: 'peak',
})

/** Collections of all Node processes together; the longest pause is that of one of them. Steps of marking and weak callbacks are in the sum alone. */
export const gc = {
  metrics,
  source: 'agent',
  open: () => ({
    read({ agents: { live, totals } }) {
      const { minor, major, other } = totals.gc
      return {
        gc_count: minor.count + major.count + other.count,
        gc_minor_count: minor.count,
        gc_major_count: major.count,
        gc_pause_ms: minor.pause_ms + major.pause_ms + other.pause_ms,
        gc_minor_pause_ms: minor.pause_ms,
        gc_major_pause_ms: major.pause_ms,
        gc_max_pause_ms: Math.max(0, ...live.map((reading) => reading.gc.max_pause_ms)),
      }
    },
  }),
} satisfies Sampler<keyof typeof metrics>

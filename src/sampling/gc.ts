import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/** Collections of all Node processes together; the longest pause is that of one of them. */
export const gc = {
  metrics: catalogued({ gc_count: 'total', gc_pause_ms: 'total', gc_max_pause_ms: 'peak' }),
  source: 'agent',
  open: () => ({
    read: ({ agents: { live, totals } }) => ({
      gc_count: totals.gc_count,
      gc_pause_ms: totals.gc_pause_ms,
      gc_max_pause_ms: Math.max(0, ...live.map((reading) => reading.gc.max_pause_ms)),
    }),
  }),
} satisfies Sampler<'gc_count' | 'gc_pause_ms' | 'gc_max_pause_ms'>

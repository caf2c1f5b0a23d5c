import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

export const handles = {
  metrics: catalogued({ active_handles: 'peak' }),
  source: 'agent',
  every_ms: 1000,
  open: () => ({
    read: ({ agents: { live } }) => ({ active_handles: live.reduce((sum, reading) => sum + (reading.handles ?? 0), 0) }),
  }),
} satisfies Sampler<'active_handles'>

import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import type { Sampler } from './sampler.ts'

export const threads = {
  metrics: catalogued({ thread_count: 'peak' }),
  // Listings of other systems have no threads.
  unsupported: () => needsProc('stat'),
  open: () => ({
    read: ({ processes }) =>
      processes.length === 0 ? undefined : { thread_count: processes.reduce((sum, { threads }) => sum + threads, 0) },
  }),
} satisfies Sampler<'thread_count'>

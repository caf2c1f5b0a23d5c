import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

export const processTree = {
  metrics: catalogued({ process_count: 'peak' }),
  open: () => ({ read: ({ processes }) => ({ process_count: processes.length }) }),
} satisfies Sampler<'process_count'>

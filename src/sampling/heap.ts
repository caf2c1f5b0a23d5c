import { toMegabytes } from '../model/units.ts'
import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/** Sums over the Node processes of the tree. */
export const heap = {
  metrics: catalogued({ heap_mb: 'peak', heap_total_mb: 'peak', external_mb: 'peak' }),
  source: 'agent',
  open: () => ({
    read({ agents: { live } }) {
      const sum = (pick: (reading: (typeof live)[number]) => number): number =>
        toMegabytes(live.reduce((total, reading) => total + pick(reading), 0))
      return {
        heap_mb: sum(({ heap_used_bytes }) => heap_used_bytes),
        heap_total_mb: sum(({ heap_total_bytes }) => heap_total_bytes),
        external_mb: sum(({ external_bytes }) => external_bytes),
      }
    },
  }),
} satisfies Sampler<'heap_mb' | 'heap_total_mb' | 'external_mb'>

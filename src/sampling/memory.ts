import { toMegabytes } from '../model/units.ts'
import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/** Sums over the tree: pages that processes share are in `memory_mb` once for each of them. */
export const memory = {
  metrics: catalogued({ memory_mb: 'peak', virtual_memory_mb: 'peak' }),
  open: () => ({
    read({ processes }) {
      if (processes.length === 0) return undefined
      let resident = 0
      let virtual = 0
      for (const { rss_bytes, virtual_bytes } of processes) {
        resident += rss_bytes
        virtual += virtual_bytes
      }
      return { memory_mb: toMegabytes(resident), virtual_memory_mb: toMegabytes(virtual) }
    },
  }),
} satisfies Sampler<'memory_mb' | 'virtual_memory_mb'>

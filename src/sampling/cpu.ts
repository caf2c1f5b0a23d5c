import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/** CPU time of the tree. One full core spends 1000 ms a second, which is 100 %, hence the tenth. */
export const cpu = {
  metrics: catalogued({ cpu_percent: 'rate', cpu_time_ms: 'total' }),
  open: () => ({ read: ({ cpu_ms }) => ({ cpu_percent: cpu_ms / 10, cpu_time_ms: cpu_ms }) }),
} satisfies Sampler<'cpu_percent' | 'cpu_time_ms'>

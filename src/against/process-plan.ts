import type { AgainstProcess } from '../model/worker-config.ts'

/**
 * How one process measures a case. Many short processes see more than few long ones (docs/statistics.md): batches of 5 ms, about 13 of them, after
 * a warm-up that lets V8 finish.
 */
export const processPlan = {
  function: { time_ms: 75, warmup_ms: 40, sample_ms: 5, memory_ms: 30 },
  load: { block_ms: 1000, blocks: 2 },
} as const satisfies Omit<AgainstProcess, 'control'>

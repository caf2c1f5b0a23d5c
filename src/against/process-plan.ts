import type { AgainstProcess } from '../model/worker-config.ts'

/**
 * How one process measures a case. Many short processes see more than few long ones (docs/statistics.md): batches of 5 ms, about 11 of them, after
 * a warm-up that lets V8 finish. Beside busy neighbours up to five times as long, until six of them ran while nobody else had the processor.
 */
export const processPlan = {
  function: { time_ms: 60, warmup_ms: 30, sample_ms: 5, memory_ms: 15, undisturbed: 6 },
  load: { block_ms: 1000, blocks: 2 },
} as const satisfies Omit<AgainstProcess, 'control'>

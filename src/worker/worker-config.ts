import { inject } from 'vitest'
import type { WorkerConfig } from '../model/worker-config.ts'

/** The plugin's word to this worker; without the plugin, cases still run, with the defaults. */
export function workerConfig(): WorkerConfig {
  return inject('vitestPerf') ?? { root: process.cwd(), options: {}, samplers: [] }
}

import './model/vitest-augmentation.ts'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { PerfOptions } from './main/options.ts'
import { hasBenchmarkMode, isInBenchmarkMode } from './vitest4/version.ts'

export { defineSampler } from './sampling/define-sampler.ts'
export type { SampledMetric, Sampler, Target } from './sampling/sampler.ts'
export type { PerfOptions } from './main/options.ts'
export type { Reporter } from './report/reporter.ts'

const provider = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './provider.ts' : './provider.js', import.meta.url))

/**
 * The Vitest plugin: benchmarks are measured by our engine, sampled, judged against gates, SLOs and the baseline, and
 * reported. It touches the benchmark projects only: a plain `vitest run` is as it was, and does not even load the rest of it.
 *
 * @throws PerfError when the config file is named and cannot be used
 */
export function perf(options: PerfOptions = {}): Plugin {
  return {
    name: 'vitest:perf',
    // Vitest awaits the hook, although its type has it return nothing.
    // oxlint-disable-next-line typescript/no-misused-promises
    async configureVitest({ vitest, project }) {
      if (hasBenchmarkMode(vitest)) {
        if (!isInBenchmarkMode(vitest)) return
        const { prepareVitest4 } = await import('./vitest4/prepare.ts')
        prepareVitest4(vitest, project)
      } else if (!project.config.benchmark.enabled) return
      const { configureBenchmarks } = await import('./main/configure.ts')
      await configureBenchmarks(vitest, project, options, provider)
    },
  }
}

import './model/vitest-augmentation.ts'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { TestProject, Vitest } from 'vitest/node'
import { sidePlugin } from './against/side-plugin.ts'
import { readBenchmarkConfig } from './gates/parse-config.ts'
import { hostOf } from './main/host.ts'
import type { PerfOptions } from './main/options.ts'
import { PerfReporter } from './main/perf-reporter.ts'
import { resolvePaths, workerConfigOf } from './main/resolve-options.ts'
import { type BenchmarkConfig, defaultConfig } from './model/benchmark-config.ts'

export type { PerfOptions } from './main/options.ts'
export type { Reporter } from './report/reporter.ts'

const provider = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './provider.ts' : './provider.js', import.meta.url))

/** One reporter a run, however many projects have the plugin; a restart of Vitest has a new config and gets a new one. */
const attached = new WeakSet<Vitest['config']>()

/**
 * The Vitest plugin: benchmarks are measured by our engine, sampled, judged against gates, SLOs and the baseline, and
 * reported. It touches the benchmark projects only: a plain `vitest run` is as it was.
 *
 * @throws PerfError when the config file is named and cannot be used
 */
export function perf(options: PerfOptions = {}): Plugin {
  return {
    name: 'vitest:perf',
    async configureVitest({ vitest, project }) {
      if (!project.config.benchmark.enabled) return
      const host = hostOf(vitest)
      const side = vitest.vite.config.plugins.some(({ name }) => name === sidePlugin.name)
      const overrides = host?.overrides ?? {}
      const paths = resolvePaths(options, vitest.config.root, process.env, overrides)
      const config = typeof overrides.config === 'object' ? overrides.config : await configAt(paths.config)
      configureProject(project)
      project.provide('vitestPerf', workerConfigOf(options, config, vitest.config.root, process.env, overrides))
      if (side || attached.has(vitest.config)) return
      attached.add(vitest.config)
      host?.configured?.({ options, paths, config })
      vitest.config.reporters.push(new PerfReporter(options, paths, config, host) as never)
    },
  }
}

async function configAt(path: string | undefined): Promise<BenchmarkConfig> {
  return path === undefined ? defaultConfig : readBenchmarkConfig(path)
}

function configureProject(project: TestProject): void {
  project.config.benchmark.provider = provider
  project.config.includeTaskLocation = true
  // Counting each read of an import costs tens of nanoseconds; worker/constant-exports.ts makes most reads free instead.
  project.config.benchmark.suppressExportGetterWarnings = true
}

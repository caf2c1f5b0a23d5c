import type { TestProject, Vitest } from 'vitest/node'
import { sidePlugin } from '../against/side-plugin.ts'
import { readBenchmarkConfig } from '../gates/parse-config.ts'
import { type BenchmarkConfig, defaultConfig } from '../model/benchmark-config.ts'
import { takeHistoryAddress } from './history-address.ts'
import { hostOf } from './host.ts'
import type { PerfOptions } from './options.ts'
import { PerfReporter } from './perf-reporter.ts'
import { resolvePaths, workerConfigOf } from './resolve-options.ts'
import { takeUploadToken } from './upload-token.ts'

/** One reporter a run, however many projects have the plugin; a restart of Vitest has a new config and gets a new one. */
const attached = new WeakSet<Vitest['config']>()

/**
 * Sets one benchmark project of Vitest up: our provider, what its workers are told, and once a run the reporter.
 *
 * @throws PerfError when the config file is named and cannot be used
 */
export async function configureBenchmarks(vitest: Vitest, project: TestProject, options: PerfOptions, provider: string): Promise<void> {
  takeUploadToken(vitest, process.env)
  const host = hostOf(vitest)
  const side = vitest.vite.config.plugins.some(({ name }) => name === sidePlugin.name)
  const overrides = host?.overrides ?? {}
  const paths = resolvePaths(options, vitest.config.root, takeHistoryAddress(vitest, process.env), overrides)
  const config = typeof overrides.config === 'object' ? overrides.config : await configAt(paths.config)
  configureProject(project, provider)
  project.provide('vitestPerf', workerConfigOf(options, config, vitest.config.root, process.env, overrides))
  if (side || attached.has(vitest.config)) return
  attached.add(vitest.config)
  host?.configured?.({ options, paths, config })
  vitest.config.reporters.push(...(host?.reporters ?? []), new PerfReporter(options, paths, config, host))
}

async function configAt(path: string | undefined): Promise<BenchmarkConfig> {
  return path === undefined ? defaultConfig : readBenchmarkConfig(path)
}

function configureProject(project: TestProject, provider: string): void {
  project.config.benchmark.provider = provider
  project.config.includeTaskLocation = true
  // Counting each read of an import costs tens of nanoseconds; worker/constant-exports.ts makes most reads free instead.
  project.config.benchmark.suppressExportGetterWarnings = true
}

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isDatabase } from '../baseline/history-place.ts'
import { PerfError } from '../model/error.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { SharedOptions } from '../model/spec.ts'
import type { WorkerConfig } from '../model/worker-config.ts'
import { historyVariable } from './history-address.ts'
import type { Overrides } from './host.ts'
import { isQuick, quickPace } from './quick.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Overrides win over the environment, which wins over the options. A config that was named must exist; the default one may be absent. */
export function resolvePaths(options: PerfOptions, root: string, env: Environment, overrides: Overrides = {}): ResolvedPaths {
  const given = typeof overrides.config === 'string' ? overrides.config : undefined
  const named = given ?? set(env, 'TERRAPHIM_BENCH_CONFIG') ?? options.config
  const usual = join(root, 'benchmark-config.json')
  const baseline = overrides.baseline ?? set(env, 'TERRAPHIM_BENCH_BASELINE') ?? options.baseline
  const results = resolve(root, overrides.results ?? set(env, 'VITEST_PERF_RESULTS') ?? options.results ?? 'benchmark-results')
  return {
    history: placeOf(root, overrides.history ?? set(env, historyVariable) ?? options.history ?? historyFile(results)),
    config: named ? resolve(root, named) : existsSync(usual) ? usual : undefined,
    results,
    baseline: resolve(root, baseline === undefined || baseline === historyBaseline ? join(results, 'baseline.json') : baseline),
    comparesWithHistory: baseline === historyBaseline,
  }
}

/** In place of a file: runs are compared with the history. */
const historyBaseline = 'history'

/** The history of a project that has named none. */
export const historyFile = (results: string): string => join(results, 'history.ndjson')

const placeOf = (root: string, history: string): string => (isDatabase(history) ? history : resolve(root, history))

/** A variable that is set to nothing is not set. */
function set(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}

/** What workers are told: the layer of options that stands under suites and cases. */
export function workerConfigOf(
  options: PerfOptions,
  config: BenchmarkConfig,
  root: string,
  env: Environment,
  overrides: Overrides = {},
): WorkerConfig {
  const iterations = overrides.iterations ?? iterationsFrom(env) ?? options.options?.iterations ?? config.iterations
  const layer: SharedOptions = {
    ...(config.warmup_iterations === undefined ? {} : { warmup_iterations: config.warmup_iterations }),
    ...(config.monitoring_interval_ms === undefined ? {} : { monitoring_interval_ms: config.monitoring_interval_ms }),
    ...options.options,
    ...(iterations === undefined ? {} : { iterations }),
  }
  return {
    root,
    ...(options.server ? { server: options.server } : {}),
    options: layer,
    over: { data_scales: config.data_scales, concurrent_users: config.concurrent_users },
    gates: config.gates,
    ...(config.endpoints === undefined ? {} : { endpoints: config.endpoints }),
    ...(isQuick(env) ? { pace: quickPace } : {}),
    samplers: (options.samplers ?? []).map((path) => resolve(root, path)),
  }
}

function iterationsFrom(env: Environment): number | undefined {
  const text = env['TERRAPHIM_BENCH_ITERATIONS']
  if (text === undefined || text === '') return undefined
  const iterations = Number(text)
  if (Number.isInteger(iterations) && iterations > 0) return iterations
  throw new PerfError('OPTION_INVALID', `TERRAPHIM_BENCH_ITERATIONS is "${text}"; it must be a whole number above 0.`)
}

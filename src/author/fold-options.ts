import type { FoldedOptions, SuiteOptions } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { CaseKind, SharedOptions } from '../model/spec.ts'
import { toMilliseconds, type Duration, type Milliseconds } from '../model/units.ts'

interface KindDefaults {
  readonly time: Milliseconds
  readonly warmup: Milliseconds
  /** However quick the run: below it a load may not have seen a single answer. */
  readonly shortest: Milliseconds
}

const defaults: Readonly<Record<CaseKind, KindDefaults>> = {
  function: { time: 500, warmup: 200, shortest: 0 },
  http: { time: 5_000, warmup: 1_000, shortest: 500 },
  scale: { time: 500, warmup: 200, shortest: 0 },
  track: { time: 0, warmup: 0, shortest: 0 },
  observe: { time: 5_000, warmup: 0, shortest: 500 },
}

const shortestTimeout = 60_000
const slack = 30_000

function milliseconds(name: string, value: Duration, caseName: string): Milliseconds {
  const ms = toMilliseconds(value)
  if (ms === undefined) {
    throw new PerfError(
      'OPTION_INVALID',
      `The option ${name} of "${caseName}" is ${JSON.stringify(value)}; a length of time is 250, '250ms', '5s', '2m' or '1h'.`,
    )
  }
  return ms
}

function count(name: string, value: number | undefined, caseName: string, least: number): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value
  throw new PerfError(
    'OPTION_INVALID',
    `The option ${name} of "${caseName}" is ${String(value)}; it must be a whole number of ${least} or more.`,
  )
}

/**
 * Options come partial and leave whole, once: defaults < config < suites, outer to inner < case. `parts`: how often time, warm-up and what stands
 * around them happen in the case; `pace`: what times and warm-ups are multiplied by.
 */
export function foldOptions(
  kind: CaseKind,
  caseName: string,
  layers: readonly (SharedOptions | SuiteOptions)[],
  parts = 1,
  pace = 1,
): FoldedOptions {
  const given: SharedOptions = Object.assign({}, ...layers.map(withoutUndefined))
  const timeMs = milliseconds('time', given.time ?? defaults[kind].time, caseName)
  const warmupMs = milliseconds('warmup', given.warmup ?? defaults[kind].warmup, caseName)
  const iterations = count('iterations', given.iterations, caseName, 1)
  const warmupIterations = count('warmup_iterations', given.warmup_iterations, caseName, 0)
  const intervalMs = given.monitoring_interval_ms ?? 100
  if (!(intervalMs >= 10 && intervalMs <= 60_000)) {
    throw new PerfError(
      'OPTION_INVALID',
      `The option monitoring_interval_ms of "${caseName}" is ${String(intervalMs)}; it must be between 10 and 60000.`,
    )
  }
  const threshold = given.regression_threshold_percent
  if (threshold !== undefined && !(threshold > 0 && threshold <= 1000)) {
    throw new PerfError(
      'OPTION_INVALID',
      `The option regression_threshold_percent of "${caseName}" is ${String(threshold)}; it must be above 0 and at most 1000.`,
    )
  }
  const needed = parts * (timeMs + warmupMs + slack)
  return {
    ...(layers.at(-1)?.id === undefined ? {} : { id: layers.at(-1)?.id as string }),
    timeMs: Math.max(timeMs * pace, Math.min(timeMs, defaults[kind].shortest)),
    warmupMs: warmupMs * pace,
    timeoutMs: given.timeout === undefined ? Math.max(shortestTimeout, needed) : milliseconds('timeout', given.timeout, caseName),
    retry: count('retry', given.retry, caseName, 0) ?? 0,
    ...(iterations === undefined ? {} : { iterations }),
    ...(warmupIterations === undefined ? {} : { warmupIterations }),
    intervalMs,
    ...(threshold === undefined ? {} : { regressionThreshold: threshold }),
    tags: layers.flatMap((layer) => layer.tags ?? []),
  }
}

function withoutUndefined(layer: SharedOptions): SharedOptions {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined)) as SharedOptions
}

import './model/vitest-augmentation.ts'
import type { TestAPI } from 'vitest'
import { defaultConfig } from './model/benchmark-config.ts'
import { createBench } from './author/bench.ts'
import type { Bench } from './author/bench-api.ts'
import { declaredEndpoint, type DeclaredEndpoint } from './author/endpoints.ts'
import { createDescribePerf, type DescribePerf } from './author/suites.ts'
import { announceCase } from './record/send.ts'
import { perfTest, type PerfFixtures } from './worker/perf-test.ts'
import { runCase } from './worker/run-case.ts'
import { stopServerOf } from './worker/servers-of-file.ts'
import { patienceFor } from './worker/turns.ts'
import { workerConfig } from './worker/worker-config.ts'

/** Declares a case. See {@link Bench}. */
export const bench: Bench<PerfFixtures> = createBench(perfTest as unknown as TestAPI, {
  run: async (declared, context, items) => {
    await announceCase(context.task, patienceFor(declared.options.timeoutMs))
    await runCase(declared, context, items)
  },
  configLayer: () => workerConfig().options,
  patience: patienceFor,
  pace: () => workerConfig().pace ?? 1,
  over: () => workerConfig().over ?? defaultConfig,
})

/** The endpoints of `benchmark-config.json`: `for (const { name, request, options } of endpoints()) bench.http(name, request, options)`. */
export function endpoints(): readonly DeclaredEndpoint[] {
  return (workerConfig().endpoints ?? []).map(declaredEndpoint)
}

/** Declares a suite of cases with shared options and, where given, a server of its own. */
export const describePerf: DescribePerf = createDescribePerf(stopServerOf)

export { notApplicable } from './worker/not-applicable.ts'
export type { Bench, BenchContext, EachBench, FixtureDefinitions, FixturesOf } from './author/bench-api.ts'
export type { DeclaredEndpoint }
export type { DescribePerf, EachSuite } from './author/suites.ts'
export type {
  CapacityOptions,
  CompareOptions,
  FunctionOptions,
  HttpOptions,
  ObjectiveText,
  ObserveOptions,
  ScaleOptions,
  SuiteOptions,
  TrackOptions,
  UsersOptions,
} from './model/declared.ts'
export type { MetricName } from './model/metric-catalogue.ts'
export type {
  Better,
  Check,
  CheckedResponse,
  ClosedLoop,
  DistributedOptions,
  HttpLoadOptions,
  OpenLoop,
  PoolOptions,
  RequestContext,
  RequestSource,
  RequestSpec,
  SessionUser,
  SharedOptions,
  UserLoop,
} from './model/spec.ts'
export type { Duration } from './model/units.ts'
export type { RunningServer, ServerExit, ServerOptions } from './model/server.ts'
export type { PerfFixtures } from './worker/perf-test.ts'

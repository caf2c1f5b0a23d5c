import type { BenchmarkGroup, BenchOptions, BenchResult, BenchRunOptions } from 'vitest'
import { foldOptions } from '../author/fold-options.ts'
import { suiteLayers } from '../author/suites.ts'
import { compareFunctions } from '../measure/compare-functions.ts'
import { measureFunction } from '../measure/measure-function.ts'
import type { FoldedOptions } from '../model/declared.ts'
import type { MeasuredCase } from '../model/measured.ts'
import type { FunctionSpec, SharedOptions } from '../model/spec.ts'
import { sendCases } from '../record/send.ts'
import { forThisProcess, isWanted } from './against-process.ts'
import { controlCase } from './control-case.ts'
import { settleConstantExports } from './constant-exports.ts'
import { failedCase } from './failed-case.ts'
import { identifyNative } from './identify.ts'
import { measuredCase } from './measured-case.ts'
import { minimumSampleMs, withGetters } from './run-function.ts'
import { watching } from './sampling-of-case.ts'
import { turnsOf } from './turns.ts'
import { vitestResult } from './vitest-table.ts'
import { workerConfig } from './worker-config.ts'

/** Native Vitest benchmarks: the same engine, sampling and record, without an edit. `bench.compare` interleaves. */
export async function runNative(group: BenchmarkGroup, signal: AbortSignal = group.test.context.signal): Promise<BenchResult[]> {
  const { test, registrations } = group
  const identities = registrations.map(({ name }) => identifyNative(test, name))
  if (!identities.some(({ id }) => isWanted(id))) test.context.skip('left out')
  try {
    const cases = await measure(group, identities, signal)
    await sendCases(test, [...cases, ...(await controlCase(test, cases[0]))])
    return cases.flatMap((measured, i) => vitestResult(measured, registrations[i]?.name ?? '') ?? [])
  } catch (error) {
    await sendCases(
      test,
      identities.map((identity) => failedCase(identity, error, undefined)),
    )
    throw error
  }
}

/** The options that hold for native benchmarks: their times over those of suites and config. */
export function nativeOptions({ test, options: given }: Pick<BenchmarkGroup, 'test' | 'options'>): FoldedOptions {
  const { options: ofRun, pace = 1 } = workerConfig()
  return foldOptions('function', test.name, [ofRun, ...suiteLayers(test.suite), nativeTimes(given)], 1, pace)
}

async function measure(group: BenchmarkGroup, identities: readonly MeasuredCase['identity'][], stop: AbortSignal): Promise<MeasuredCase[]> {
  const { test, registrations } = group
  const options = nativeOptions(group)
  const turns = await turnsOf(test, { blocks: 1, timeoutMs: test.timeout, signal: stop })
  const { signal } = turns
  const specs = registrations.map(({ name, fn, fnOpts }) => nativeSpec(name, fn, fnOpts, options, signal))
  const watch = watching({ server: undefined, intervalMs: options.intervalMs, signal, retainedHeap: false })
  const { result, watched } = await turns.block(() =>
    watch(({ phase }) => {
      settleConstantExports()
      return specs.length > 1 ? compareFunctions(specs, phase) : Promise.all(specs.map((spec) => measureFunction(spec, phase)))
    }),
  )
  const compared = result.length > 1 ? { group: { name: test.name, base: identities[0]?.id ?? '' } } : {}
  return identities.flatMap((identity, i) => {
    const outcome = result[i]
    const body = specs[i]?.body
    if (!outcome || !body) return []
    return [measuredCase(identity, { ...withGetters(outcome, body), kind: 'function', watched }, { options, ...compared })]
  })
}

/** tinybench's options in our words; no iterations are no wish for any. */
function nativeTimes({ time, warmup, warmupTime, iterations, warmupIterations }: BenchRunOptions = {}): SharedOptions {
  const warmupMs = warmup === false ? 0 : warmupTime
  return {
    ...(time === undefined ? {} : { time }),
    ...(warmupMs === undefined ? {} : { warmup: warmupMs }),
    ...(iterations ? { iterations } : {}),
    ...(warmupIterations === undefined ? {} : { warmup_iterations: warmupIterations }),
  }
}

type Hook = ((this: unknown, mode: 'run' | 'warmup') => unknown) | undefined

/** tinybench's hooks keep their meaning. */
function nativeSpec(
  name: string,
  fn: BenchmarkGroup['registrations'][number]['fn'],
  fnOpts: BenchOptions | undefined,
  options: FoldedOptions,
  signal: AbortSignal,
): FunctionSpec {
  const hook = (of: Hook) => of && (() => of('run'))
  return forThisProcess({
    name,
    body: fn,
    context: undefined,
    setup: hook(fnOpts?.beforeAll as Hook),
    teardown: hook(fnOpts?.afterAll as Hook),
    beforeEach: hook(fnOpts?.beforeEach as Hook),
    afterEach: hook(fnOpts?.afterEach as Hook),
    timeMs: options.timeMs,
    warmupMs: options.warmupMs,
    iterations: options.iterations,
    warmupIterations: options.warmupIterations,
    minimumSampleMs,
    memory: true,
    signal,
  })
}

import type { BenchmarkGroup, BenchOptions, BenchResult, BenchRunOptions } from 'vitest'
import { compareFunctions } from '../measure/compare-functions.ts'
import { measureFunction } from '../measure/measure-function.ts'
import type { MeasuredCase } from '../model/measured.ts'
import type { FunctionSpec } from '../model/spec.ts'
import { foldOptions } from '../author/fold-options.ts'
import { sendCases } from '../record/send.ts'
import { forThisProcess, isWanted } from './against-process.ts'
import { controlCase } from './control-case.ts'
import { settleConstantExports } from './constant-exports.ts'
import { failedCase } from './failed-case.ts'
import { identify, nativeId } from './identify.ts'
import { withGetters } from './run-function.ts'
import { sampled } from './sampling-of-case.ts'
import { turnsOf } from './turns.ts'
import { vitestResult } from './vitest-table.ts'
import { workerConfig } from './worker-config.ts'

/** Native Vitest benchmarks: the same engine, sampling and record, without an edit. `bench.compare` interleaves. */
export async function runNative({ test, registrations, options }: BenchmarkGroup): Promise<BenchResult[]> {
  const folded = foldOptions('function', test.name, [workerConfig().options])
  const specs = registrations.map(({ name, fn, fnOpts }) => nativeSpec(name, fn, fnOpts, options, folded, test))
  const identities = registrations.map(({ name }) =>
    identify(test, { name: `${test.name} ${name}`, id: nativeId(test, name), kind: 'function' }),
  )
  if (!identities.some(({ id }) => isWanted(id))) test.context.skip('left out')
  const turns = await turnsOf(test, 1)
  const started_at = Date.now()
  const start = performance.now()
  const base = identities[0]?.id ?? ''
  try {
    const { result, ...watched } = await turns.block(() =>
      sampled({ server: undefined, intervalMs: folded.intervalMs, signal: test.context.signal, retainedHeap: false }, async (tools) => {
        settleConstantExports()
        tools.phase('measure')
        return specs.length > 1 ? compareFunctions(specs) : Promise.all(specs.map((spec) => measureFunction(spec)))
      }),
    )
    const cases = result
      .map((outcome, i) => withGetters(outcome, specs[i]?.body ?? (() => {})))
      .flatMap(({ measurement, findings }, i): MeasuredCase[] => {
        const identity = identities[i]
        if (!identity) return []
        return [
          {
            state: 'measured',
            identity,
            started_at,
            duration_ms: performance.now() - start,
            measurement,
            phases: watched.phases,
            resources: watched.resources,
            covariates: watched.covariates,
            findings: [...findings, ...watched.findings],
            ...(result.length > 1 ? { group: { name: test.name, base } } : {}),
          },
        ]
      })
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

type Hook = ((this: unknown, mode: 'run' | 'warmup') => unknown) | undefined

/** tinybench's options in our terms: its `time`, `iterations` and hooks keep their meaning. */
function nativeSpec(
  name: string,
  fn: BenchmarkGroup['registrations'][number]['fn'],
  fnOpts: BenchOptions | undefined,
  options: BenchRunOptions | undefined,
  folded: ReturnType<typeof foldOptions>,
  test: BenchmarkGroup['test'],
): FunctionSpec {
  const hook = (of: Hook) => of && (() => of.call(undefined, 'run'))
  return forThisProcess({
    name,
    body: fn,
    context: undefined,
    setup: hook(fnOpts?.beforeAll as Hook),
    teardown: hook(fnOpts?.afterAll as Hook),
    beforeEach: hook(fnOpts?.beforeEach as Hook),
    afterEach: hook(fnOpts?.afterEach as Hook),
    timeMs: options?.time ?? folded.timeMs,
    warmupMs: options?.warmup === false ? 0 : (options?.warmupTime ?? folded.warmupMs),
    iterations: options?.iterations ?? folded.iterations,
    warmupIterations: options?.warmupIterations ?? folded.warmupIterations,
    minimumSampleMs: 1,
    memory: true,
    signal: test.context.signal,
  })
}

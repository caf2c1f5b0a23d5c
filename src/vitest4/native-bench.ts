import { TestRunner, type BenchmarkGroup, type RunnerTestCase } from 'vitest'
import { announceCase } from '../record/send.ts'
import { nativeOptions, runNative } from '../worker/run-native.ts'
import { patienceFor } from '../worker/turns.ts'
import { showRow } from './table-row.ts'

/** Options of a `bench()` of Vitest 4: those of tinybench 2. */
interface NativeOptions {
  readonly time?: number
  readonly iterations?: number
  readonly warmupTime?: number
  readonly warmupIterations?: number
  readonly setup?: Hook
  readonly teardown?: Hook
}
type Hook = (task: { readonly name: string; readonly fn: () => unknown }, mode: 'run' | 'warmup') => unknown

interface NativeBench {
  readonly fn: () => unknown
  readonly options: NativeOptions
}

/** Where Vitest 4 keeps what `bench(name, fn, options)` was given. */
const kept = TestRunner as unknown as {
  getBenchFn?(task: object): (() => unknown) | undefined
  getBenchOptions?(task: object): NativeOptions | undefined
}

export function nativeBench(test: RunnerTestCase): NativeBench | undefined {
  const fn = kept.getBenchFn?.(test)
  return fn && { fn, options: kept.getBenchOptions?.(test) ?? {} }
}

/** Measures a `bench()` of Vitest 4 as a case. Vitest gives it no limit of time, so it has that of a case of ours. */
export async function measureNative(test: RunnerTestCase, { fn, options }: NativeBench): Promise<void> {
  const group = groupOf(test, fn, options)
  test.timeout = nativeOptions(group).timeoutMs
  const patience = patienceFor(test.timeout)
  const { signal } = test.context
  await announceCase(test, patience)
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new Error(`it took longer than ${patience} ms`)), patience)
  try {
    const [result] = await runNative(group, AbortSignal.any([signal, over.signal]))
    showRow(test, result)
  } catch (error) {
    // Cancelled: Vitest knows its own reason, and the case is skipped.
    throw signal.aborted ? signal.reason : error
  } finally {
    clearTimeout(timer)
  }
}

/** As Vitest 5 hands its benchmarks to a provider. */
function groupOf(test: RunnerTestCase, fn: () => unknown, { setup, teardown, ...times }: NativeOptions): BenchmarkGroup {
  const hook = (of: Hook | undefined) => of && (() => of({ name: test.name, fn }, 'run'))
  const fnOpts = { beforeAll: hook(setup), afterAll: hook(teardown) } as BenchmarkGroup['registrations'][number]['fnOpts']
  return { test, registrations: [{ name: test.name, fn, fnOpts }], options: times } as BenchmarkGroup
}

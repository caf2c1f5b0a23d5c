import { TestRunner, type RunnerTask, type RunnerTestCase } from 'vitest'
import { measureNative, nativeBench } from './native-bench.ts'
import { showRow } from './table-row.ts'

const { getTestFn } = TestRunner

/**
 * What Vitest 4 runs benchmarks with, in place of its own runner: tests as tests, which is what our cases are, and its own `bench()`, which has no
 * test around it, by our engine.
 */
export default class BenchmarkRunner extends TestRunner {
  override async onBeforeRunTask(task: RunnerTask): Promise<void> {
    await super.onBeforeRunTask(task)
    if (task.meta.vitestPerf) showRow(task)
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const native = nativeBench(test)
    if (native) await measureNative(test, native)
    else await getTestFn(test)()
  }
}

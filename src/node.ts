/** For programs that run benchmarks themselves. Not for bench files: those import `vitest-perf`. */
export { PerformanceBenchmarker, type BenchmarkReport } from './programmatic/benchmarker.ts'
export type { BenchmarkerOptions, ConfigInput, RunOptions } from './programmatic/options.ts'
export type { OnProgress, Progress } from './programmatic/progress.ts'
export { PerfError } from './model/error.ts'
export type { BenchmarkConfig } from './model/benchmark-config.ts'
export type { Run } from './model/run.ts'
export type { Report, Reporter } from './report/reporter.ts'

import type { BenchmarkerOptions } from '../programmatic/options.ts'
import { exitCodeOf, type ExitCode } from './exit-codes.ts'

/** Runs the benchmarks of the working directory with everything printed, and gives the exit code of the outcome. */
export async function runBenchmarks(options: BenchmarkerOptions, verbose: boolean): Promise<ExitCode> {
  // Loaded late: help and completion answer at once.
  const { PerformanceBenchmarker } = await import('../programmatic/benchmarker.ts')
  const vitest = { ...options.vitest, ...(verbose && { reporters: ['verbose'] }) }
  const { verdict, problems } = await new PerformanceBenchmarker({ ...options, print: true, vitest }).runAllBenchmarks()
  return problems.length > 0 && verdict.passed ? exitCodeOf('infrastructure') : exitCodeOf(verdict.exit_reason)
}

import { fileURLToPath } from 'node:url'
import type { TestProject, Vitest } from 'vitest/node'
import { benchmarkReporters } from './benchmark-reporters.ts'
import { refuseOldNode, refuseOldVitest } from './refuse.ts'

const runner = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './runner.ts' : './runner.js', import.meta.url))

/**
 * Makes a project of Vitest 4, in benchmark mode, look like a benchmark project of Vitest 5 to the rest of us.
 *
 * @throws PerfError VITEST_MISSING before Vitest 4.1, NODE_TOO_OLD before Node 22.12
 */
export function prepareVitest4(vitest: Vitest, project: TestProject): void {
  refuseOldNode(process.versions.node)
  refuseOldVitest(vitest.version, vitest.config.root)
  benchmarkReporters(vitest)
  const { config } = project
  if (config.runner && config.runner !== runner) {
    vitest.logger.warn(
      `vitest-perf runs the benchmarks${project.name ? ` of ${project.name}` : ''}: the runner ${config.runner} is left out.`,
    )
  }
  // Vitest 4's own runner of benchmarks refuses tests, and our cases are tests.
  config.runner = runner
  config.benchmark.enabled = true
}

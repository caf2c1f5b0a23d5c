import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import { ReceivedCases } from '../record/receive.ts'
import { readBaseline } from '../baseline/read.ts'
import { describeEnvironment } from '../sampling/environment.ts'
import { isFiltered } from './filtered.ts'
import { gather } from './gather.ts'
import type { PerfHost } from './host.ts'
import { interruptOnSignals } from './interruption.ts'
import { judgeRun } from './judge-run.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'
import { projectName } from './project-name.ts'
import { settle } from './settle.ts'

/** Collects what the workers send, judges the run when it ends, writes the reports and sets the exit code. */
export class PerfReporter implements Reporter {
  readonly #options: PerfOptions
  readonly #paths: ResolvedPaths
  readonly #config: BenchmarkConfig
  readonly #host: PerfHost | undefined
  #received = new ReceivedCases()
  #startedAt = 0
  #environment: Promise<Environment> | undefined
  #giveSignalsBack: (() => void) | undefined
  #vitest: Vitest | undefined

  constructor(options: PerfOptions, paths: ResolvedPaths, config: BenchmarkConfig, host?: PerfHost) {
    this.#options = options
    this.#paths = paths
    this.#config = config
    this.#host = host
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    if (!specifications.some(({ project }) => project.config.benchmark.enabled)) return
    this.#received = new ReceivedCases()
    this.#startedAt = Date.now()
    if (!this.#vitest) return
    this.#environment = describeEnvironment({ root: this.#vitest.config.root })
    this.#giveSignalsBack ??= interruptOnSignals(this.#vitest)
  }

  onTestCaseArtifactRecord(test: TestCase, artifact: { readonly type: string }): void {
    this.#received.receive(test, artifact)
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): Promise<void> {
    const vitest = this.#vitest
    // A run without benchmark files is none of ours; neither is a machine that was never described.
    if (!vitest || !this.#environment) return
    const environment = await this.#environment
    this.#environment = undefined
    const filtered = isFiltered(vitest)
    const gathered = gather(modules, errors, this.#received, vitest)
    const baseline = this.#host?.baseline ?? (await readBaseline(this.#paths.baseline))
    const run = judgeRun(gathered, this.#config, baseline, {
      started_at: this.#startedAt,
      duration_ms: Date.now() - this.#startedAt,
      environment,
      project: await projectName(vitest.config.root),
      interrupted: reason === 'interrupted',
      filtered,
    })
    await settle(run, { options: this.#options, paths: this.#paths, baseline, filtered, vitest, host: this.#host })
    this.#giveSignalsBack?.()
    this.#giveSignalsBack = undefined
  }
}

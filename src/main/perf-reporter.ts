import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import { ReceivedCases } from '../record/receive.ts'
import { describeEnvironment } from '../sampling/environment.ts'
import type { Setup } from './end-of-run.ts'
import type { PerfHost } from './host.ts'
import { interruptOnSignals } from './interruption.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'
import { Progress } from './progress.ts'
import { Watchdog } from './watchdog.ts'

/** A run of benchmarks that is under way. */
interface Running {
  readonly received: ReceivedCases
  readonly watchdog: Watchdog
  /** Absent where nothing is to be said before the end. */
  readonly progress: Progress | undefined
  readonly started_at: number
  readonly environment: Promise<Environment>
  /** Judging and reports are loaded while the worker measures, so that starting a run does not wait for them. */
  readonly ending: Promise<typeof import('./end-of-run.ts')>
  giveSignalsBack(): void
}

/** Collects what the workers send, and when the run ends has it judged and reported. */
export class PerfReporter implements Reporter {
  readonly #setup: Setup
  #vitest: Vitest | undefined
  #running: Running | undefined

  constructor(options: PerfOptions, paths: ResolvedPaths, config: BenchmarkConfig, host?: PerfHost) {
    this.#setup = { options, paths, config, host }
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    // A run without benchmark files is none of ours.
    if (!this.#vitest || !specifications.some(({ project }) => project.config.benchmark.enabled)) return
    this.#running?.giveSignalsBack()
    this.#running?.progress?.end()
    const { logger } = this.#vitest
    this.#running = {
      received: new ReceivedCases(),
      watchdog: new Watchdog(),
      progress: this.#isQuiet() ? undefined : new Progress((line) => logger.log(line), specifications.length),
      started_at: Date.now(),
      environment: describeEnvironment({ root: this.#vitest.config.root }),
      ending: import('./end-of-run.ts'),
      giveSignalsBack: interruptOnSignals(this.#vitest),
    }
  }

  onTestCaseArtifactRecord(test: TestCase, artifact: { readonly type: string }): void {
    this.#running?.received.receive(test, artifact)
    this.#running?.watchdog.began(test, artifact)
  }

  onTestCaseReady(test: TestCase): void {
    this.#running?.progress?.began(test)
  }

  onTestCaseResult(test: TestCase): void {
    this.#running?.watchdog.ended(test)
    this.#running?.progress?.finishedCase(test)
  }

  onTestModuleCollected(module: TestModule): void {
    this.#running?.progress?.collected(module)
  }

  #isQuiet(): boolean {
    const { host, options } = this.#setup
    return options.quiet === true || host?.print === false
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): Promise<void> {
    const running = this.#running
    const vitest = this.#vitest
    if (!running || !vitest) return
    this.#running = undefined
    const { received, watchdog, progress, started_at } = running
    watchdog.endAll()
    progress?.end()
    const { endRun } = await running.ending
    const environment = await running.environment
    const ended = { vitest, modules, errors, received, watchdog, started_at, environment, interrupted: reason === 'interrupted' }
    await endRun(ended, this.#setup).finally(() => running.giveSignalsBack())
  }
}

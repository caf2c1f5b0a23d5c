import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node'
import type { ExitReason } from '../model/run.ts'

/** What happens while benchmarks run, for a progress bar or a log. */
export type Progress =
  | { readonly type: 'started'; readonly files: readonly string[] }
  | {
      readonly type: 'case'
      readonly suite: string
      readonly name: string
      /** Relative to the root of the project. */
      readonly file: string
      readonly state: 'passed' | 'failed' | 'skipped'
      readonly duration_ms: number
      /** Cases that have ended, of those that are known by now: files are read one after the other. */
      readonly finished: number
      readonly known: number
    }
  | { readonly type: 'finished'; readonly passed: boolean; readonly exit_reason: ExitReason }

export type OnProgress = (progress: Progress) => void

/** Vitest's events as ours. */
export class ProgressReporter implements Reporter {
  readonly #listener: OnProgress | undefined
  readonly #onModule: () => void
  #failure: { readonly reason: unknown } | undefined
  #finished = 0
  #known = 0

  /** @param onModule is called as each module begins, and when its cases are known. */
  constructor(listener: OnProgress | undefined, onModule: () => void) {
    this.#listener = listener
    this.#onModule = onModule
  }

  /** What the listener threw must not look like a failed benchmark: it waits until the run is over. */
  throwIfTellingFailed(): void {
    if (this.#failure) throw this.#failure.reason
  }

  #tell(progress: Progress): void {
    try {
      this.#listener?.(progress)
    } catch (reason) {
      this.#failure ??= { reason }
    }
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#tell({ type: 'started', files: specifications.map(({ moduleId }) => moduleId) })
  }

  onTestModuleQueued(): void {
    this.#onModule()
  }

  onTestModuleCollected(module: TestModule): void {
    this.#onModule()
    this.#known += [...module.children.allTests()].length
  }

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result()
    if (state === 'pending') return
    this.#finished += 1
    this.#tell({
      type: 'case',
      suite: test.parent.type === 'suite' ? test.parent.fullName : '',
      name: test.name,
      file: test.module.relativeModuleId,
      state,
      duration_ms: test.diagnostic()?.duration ?? 0,
      finished: this.#finished,
      known: this.#known,
    })
  }
}

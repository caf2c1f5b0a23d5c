import type { TestCase } from 'vitest/node'
import type { BeginArtifact } from '../model/vitest-augmentation.ts'
import type { Milliseconds } from '../model/units.ts'

/** Vitest's own timeout comes first wherever the worker can still run a timer. */
const grace: Milliseconds = 5_000

/**
 * A body that never lets go of its thread stops the worker's own timers, so its timeout never comes. The main process then ends
 * the worker, and the case fails by its timeout. Where the worker is a thread of the main process nothing outside can end it.
 */
export class Watchdog {
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #blocked = new Map<string, Milliseconds>()

  /** A case begins: from now on it has its timeout and some grace to end. */
  began(test: TestCase, artifact: { readonly type: string }): void {
    if (!isBegin(artifact)) return
    this.ended(test)
    const { pid, timeout_ms } = artifact
    if (pid === null || !Number.isFinite(timeout_ms) || timeout_ms <= 0) return
    const bite = () => {
      this.#blocked.set(test.id, timeout_ms)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended in this very moment.
      }
    }
    this.#timers.set(test.id, setTimeout(bite, timeout_ms + grace).unref())
  }

  ended(test: { readonly id: string }): void {
    clearTimeout(this.#timers.get(test.id))
    this.#timers.delete(test.id)
  }

  endAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  /** The timeout of a case whose worker had to be ended. */
  timeoutOf(testId: string): Milliseconds | undefined {
    return this.#blocked.get(testId)
  }

  /** Whether any worker was ended: its death is then no news. */
  get bit(): boolean {
    return this.#blocked.size > 0
  }
}

function isBegin(artifact: { readonly type: string }): artifact is BeginArtifact {
  return artifact.type === 'vitest-perf:begin'
}

import type { TestModule, Vitest } from 'vitest/node'
import { progressLine } from '../../reporters/terminal/progress.ts'

/** A line not more often than this: a run of a few seconds has none. */
const everyMs = 8000

/**
 * Tells how far a run of benchmarks is. Vitest's window in a terminal shows what runs now; it has no time left, and an output without a window
 * shows nothing until a file ends. So this writes whole lines: a terminal has them above the window, which stays Vitest's.
 */
export class Progress {
  readonly #vitest: Vitest
  readonly #allFiles: number
  readonly #started = Date.now()
  #said = Date.now()
  #files = 0
  #known = 0
  #done = 0

  constructor(vitest: Vitest, allFiles: number) {
    this.#vitest = vitest
    this.#allFiles = allFiles
  }

  collected(module: TestModule): void {
    this.#files++
    for (const test of module.children.allTests()) if (test.options.mode === 'run' || test.options.mode === 'only') this.#known++
  }

  finishedCase(): void {
    this.#done++
    const now = Date.now()
    if (now - this.#said < everyMs || this.#done >= this.#known) return
    this.#said = now
    const files = { known: Math.min(this.#files, this.#allFiles), all: this.#allFiles }
    this.#vitest.logger.log(progressLine({ done: this.#done, known: this.#known, files, elapsed_ms: now - this.#started }))
  }
}

import type { TestCase, TestModule } from 'vitest/node'
import { progressLine } from '../../reporters/terminal/progress.ts'
import { shownIn } from '../../reporters/terminal/terminal-of.ts'

/** A line not more often than `every`, so that a run of a few seconds has none; one after `silent` without any, though no case has finished. */
export interface Pace {
  readonly every_ms: number
  readonly silent_ms: number
}
const usualPace: Pace = { every_ms: 8000, silent_ms: 30_000 }

/**
 * Tells how far a run of benchmarks is. Vitest's window in a terminal shows what runs now; it has no time left, and an output without a window
 * shows nothing until a file ends. So this writes whole lines: a terminal has them above the window, which stays Vitest's.
 */
export class Progress {
  readonly #write: (line: string) => void
  readonly #allFiles: number
  readonly #pace: Pace
  readonly #timer: NodeJS.Timeout
  readonly #running = new Map<string, { readonly name: string; readonly since: number }>()
  readonly #started = Date.now()
  #said = Date.now()
  #files = 0
  #known = 0
  #done = 0

  constructor(write: (line: string) => void, allFiles: number, pace: Pace = usualPace) {
    this.#write = write
    this.#allFiles = allFiles
    this.#pace = pace
    this.#timer = setInterval(() => this.#breakSilence(), pace.silent_ms / 5).unref()
  }

  collected(module: Pick<TestModule, 'children'>): void {
    this.#files++
    for (const test of module.children.allTests()) if (test.options.mode === 'run' || test.options.mode === 'only') this.#known++
  }

  began({ id, name }: Pick<TestCase, 'id' | 'name'>): void {
    this.#running.set(id, { name, since: Date.now() })
  }

  finishedCase({ id }: Pick<TestCase, 'id'>): void {
    this.#running.delete(id)
    this.#done++
    if (Date.now() - this.#said < this.#pace.every_ms || this.#done >= this.#known) return
    this.#say()
  }

  end(): void {
    clearInterval(this.#timer)
  }

  /** A case that measures for minutes looks like one that hangs, where nobody says that it is under way. */
  #breakSilence(): void {
    const [first] = this.#running.values()
    const now = Date.now()
    if (first && now - this.#said >= this.#pace.silent_ms) this.#say({ name: first.name, ms: now - first.since })
  }

  #say(running?: { readonly name: string; readonly ms: number }): void {
    const now = Date.now()
    this.#said = now
    const files = { known: Math.min(this.#files, this.#allFiles), all: this.#allFiles }
    const state = { done: this.#done, known: this.#known, files, elapsed_ms: now - this.#started, ...(running ? { running } : {}) }
    this.#write(shownIn(progressLine(state), process.env))
  }
}

import { Worker } from 'node:worker_threads'
import type { Stage } from './job.ts'

/** Which times are to be kept. `originNs` is on the monotonic clock that all threads of a process share. */
export interface PacePlan {
  readonly stages: readonly Stage[]
  readonly arrivals: 'constant' | 'poisson'
  readonly seed: number
  readonly originNs: bigint
}

const thread = `./pace-thread.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`

/**
 * Wakes the event loop at planned times. A timer of Node is good to a millisecond, and a loop of `setImmediate` burns a core that the server may
 * need. So a thread sleeps until shortly before each time and posts a message, which costs the loop some ten microseconds.
 */
export class Pace {
  readonly #worker: Worker
  readonly #ready: Promise<unknown>

  constructor(wake: () => void) {
    this.#worker = new Worker(new URL(thread, import.meta.url), { execArgv: [] })
    this.#ready = new Promise((resolve) => this.#worker.once('online', () => resolve(undefined)))
    this.#worker.on('message', wake)
    // Without the thread no request would be sent: it must not break in silence.
    this.#worker.on('error', (error) => {
      throw error
    })
  }

  async ready(): Promise<void> {
    await this.#ready
  }

  play(plan: PacePlan): void {
    this.#worker.postMessage(plan, [])
  }

  stop(): void {
    void this.#worker.terminate()
  }
}

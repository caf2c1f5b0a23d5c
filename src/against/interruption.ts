const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal stops the comparison in order; the second ends the process at once, and the janitor clears up behind it. */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #aside = signals.map((signal) => [signal, process.listeners(signal)] as const)

  constructor() {
    // Vitest's own listeners would end the process.
    for (const signal of signals) {
      process.removeAllListeners(signal)
      process.on(signal, this.#onSignal)
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  end(): void {
    for (const [signal, listeners] of this.#aside) {
      process.removeAllListeners(signal)
      for (const listener of listeners) process.on(signal, listener)
    }
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.signal.aborted) process.exit(signal === 'SIGTERM' ? 143 : 130)
    this.#controller.abort(new Error(`stopped by ${signal}`))
  }
}

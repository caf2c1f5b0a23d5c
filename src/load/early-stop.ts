import type { Stopper } from './conduct.ts'

/** A stop can come before there is a load to be stopped: it is kept, and passed on. */
export class EarlyStop {
  readonly #stop = new AbortController()
  #stopper: Stopper | undefined
  #reason: string | undefined

  constructor(told: (stopper: Stopper) => void) {
    told({
      stop: (reason) => {
        this.#reason ??= reason
        this.#stop.abort()
        this.#stopper?.stop(reason)
      },
    })
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  passOn(stopper: Stopper): void {
    this.#stopper = stopper
    if (this.#reason !== undefined) stopper.stop(this.#reason)
  }
}

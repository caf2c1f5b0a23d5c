import type { Stopper } from './conduct.ts'

/** A stop can come before there is a load to be stopped: it is kept, and passed on. */
export class EarlyStop {
  #stopper: Stopper | undefined
  #reason: string | undefined

  constructor(told: (stopper: Stopper) => void) {
    told({
      stop: (reason) => {
        this.#reason ??= reason
        this.#stopper?.stop(reason)
      },
    })
  }

  passOn(stopper: Stopper): void {
    this.#stopper = stopper
    if (this.#reason !== undefined) stopper.stop(this.#reason)
  }
}

interface Pause {
  readonly timer: NodeJS.Timeout
  readonly end: (reason: Error) => void
}

/** Pauses that can be ended all at once. */
export class Pauses {
  readonly #pauses = new Set<Pause>()

  /** Rejects where the pauses are ended first. */
  async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const over = (): void => {
        this.#pauses.delete(pause)
        resolve()
      }
      const pause: Pause = { end: reject, timer: setTimeout(over, ms) }
      this.#pauses.add(pause)
    })
  }

  end(reason: Error): void {
    for (const { timer, end } of this.#pauses) {
      clearTimeout(timer)
      end(reason)
    }
    this.#pauses.clear()
  }
}

/**
 * Samples during which nobody took the processor, kept apart from the others. A process is told how often the scheduler took it off a core for somebody
 * else; a sample during which that count stood still has the time of the body alone, however busy the machine is around it. The times themselves are
 * never looked at, so no version is preferred.
 */
export class UndisturbedSamples {
  readonly #wanted: number
  readonly #all: number[] = []
  readonly #undisturbed: number[] = []
  #switches = 0

  constructor(wanted: number) {
    this.#wanted = wanted
  }

  begin(): void {
    this.#switches = involuntarySwitches()
  }

  end(nsPerCall: number): void {
    this.#all.push(nsPerCall)
    if (involuntarySwitches() === this.#switches) this.#undisturbed.push(nsPerCall)
  }

  get enough(): boolean {
    return this.#undisturbed.length >= this.#wanted
  }

  /** In time order: those without disturbance, where there are enough of them; else all. */
  chosen(): readonly number[] {
    return this.enough ? this.#undisturbed : this.#all
  }
}

/** Of all threads: the system tells them apart only at a cost that a sample would notice. Where it does not count them (Windows), nothing is ever disturbed. */
function involuntarySwitches(): number {
  return process.resourceUsage().involuntaryContextSwitches
}

import type { SampledTimes } from '../model/measured.ts'

/**
 * Samples during which nobody took the processor, kept apart from the others. A process is told how often the scheduler took it off a core for somebody
 * else; a sample during which that count stood still has the time of the body alone, however busy the machine is around it.
 *
 * The times themselves are never looked at, but a long sample is disturbed more often than a short one, and the count includes V8's own threads. Beside
 * neighbours, the samples with a garbage collection are therefore the first to be missing: what is kept tells how fast the body runs, and only the mean of
 * all samples tells what it costs.
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

  /** What was left out, where something was. */
  selection(): SampledTimes['undisturbed'] {
    const [kept, of] = [this.chosen().length, this.#all.length]
    return kept === of ? undefined : { kept, of, mean_ns_of_all: this.#all.reduce((sum, ns) => sum + ns, 0) / of }
  }
}

/** Of all threads: the system tells them apart only at a cost that a sample would notice. Where it does not count them (Windows), nothing is ever disturbed. */
function involuntarySwitches(): number {
  return process.resourceUsage().involuntaryContextSwitches
}

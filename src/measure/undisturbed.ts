import type { SampledTimes } from '../model/measured.ts'
import { fastestProbe, probeCore } from './core-speed.ts'

/** A probe around a sample that took this much longer than the fastest one: somebody shared the core. */
const shared = 1.1

interface Sample {
  readonly ns: number
  readonly switched: boolean
  /** The longer of the probes before and after it. */
  readonly probe_ns: number
}

/**
 * Samples that had the processor to themselves, kept apart from the others. A process is told how often the scheduler took it off a core for somebody
 * else, and a probe before and after each sample tells whether it had all of the core (core-speed.ts). A sample during which the count stood still and the core was
 * whole has the time of the body alone, however busy the machine is around it.
 *
 * The times themselves are never looked at, but a long sample is disturbed more often than a short one, and the count includes V8's own threads. Beside
 * neighbours, the samples with a garbage collection are therefore the first to be missing: what is kept tells how fast the body runs, and only the mean of
 * all samples tells what it costs.
 */
export class UndisturbedSamples {
  readonly #wanted: number
  readonly #all: Sample[] = []
  #switches = 0
  #before = 0

  constructor(wanted: number) {
    this.#wanted = wanted
  }

  begin(): void {
    this.#before = probeCore()
    this.#switches = involuntarySwitches()
  }

  end(ns: number): void {
    const switched = involuntarySwitches() !== this.#switches
    this.#all.push({ ns, switched, probe_ns: Math.max(this.#before, probeCore()) })
  }

  get enough(): boolean {
    return this.#undisturbed().length >= this.#wanted
  }

  /** In time order: those without disturbance, where there are enough of them; else all. */
  chosen(): readonly number[] {
    return (this.enough ? this.#undisturbed() : this.#all).map(({ ns }) => ns)
  }

  /** What was left out, where something was. */
  selection(): SampledTimes['undisturbed'] {
    const [kept, of] = [this.chosen().length, this.#all.length]
    return kept === of ? undefined : { kept, of, mean_ns_of_all: this.#all.reduce((sum, { ns }) => sum + ns, 0) / of }
  }

  /** Judged anew each time: the fastest probe may be yet to come. */
  #undisturbed(): readonly Sample[] {
    const longest = shared * fastestProbe()
    return this.#all.filter(({ switched, probe_ns }) => !switched && probe_ns <= longest)
  }
}

/** Of all threads: the system tells them apart only at a cost that a sample would notice. Where it does not count them (Windows), nothing is ever disturbed. */
function involuntarySwitches(): number {
  return process.resourceUsage().involuntaryContextSwitches
}

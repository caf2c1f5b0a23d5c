import { didYouMean } from '../model/did-you-mean.ts'
import { PerfError } from '../model/error.ts'
import { toMilliseconds } from '../model/units.ts'

/** Reads options of one case. Whatever is wrong is told with the case, the option, its value and what is allowed: `OPTION_INVALID`. */
export class OptionCheck {
  readonly #caseName: string

  constructor(caseName: string) {
    this.#caseName = caseName
  }

  wrong(option: string, value: unknown, allowed: string): PerfError {
    const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
    return new PerfError('OPTION_INVALID', `The option ${option} of "${this.#caseName}" is ${shown}; it must be ${allowed}.`)
  }

  milliseconds(option: string, value: unknown): number {
    const ms = typeof value === 'number' || typeof value === 'string' ? toMilliseconds(value as number) : undefined
    if (ms === undefined) throw this.wrong(option, value, 'a duration such as 250, "250ms" or "5s"')
    return ms
  }

  whole(option: string, value: unknown, least = 1): number {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
      throw this.wrong(option, value, `a whole number of ${least} or more`)
    }
    return value
  }

  positive(option: string, value: unknown): number {
    if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) throw this.wrong(option, value, 'a number greater than 0')
    return value
  }

  flag(option: string, value: unknown): boolean {
    if (typeof value !== 'boolean') throw this.wrong(option, value, 'true or false')
    return value
  }

  oneOf<Word extends string>(option: string, value: unknown, words: readonly Word[]): Word {
    const word = words.find((one) => one === value)
    if (word === undefined) throw this.wrong(option, value, words.map((one) => JSON.stringify(one)).join(' or '))
    return word
  }

  /** A group of options has no other ones than these. */
  names(group: string, value: object, known: readonly string[]): void {
    const unknown = Object.keys(value).find((name) => !known.includes(name))
    if (unknown === undefined) return
    const meant = didYouMean(unknown, known)
    const instead = meant === undefined ? `it has ${known.join(', ')}` : `did you mean "${meant}"?`
    throw new PerfError('OPTION_INVALID', `The option ${group} of "${this.#caseName}" has no "${unknown}"; ${instead}`)
  }
}

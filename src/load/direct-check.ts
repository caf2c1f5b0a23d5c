import type { Check as CheckFunction } from '../model/spec.ts'
import type { Check } from './check.ts'
import type { Answer } from './exchange.ts'
import { bodyTooLarge, refusal } from './local-check.ts'
import { response } from './session.ts'

/** A check that is called where it was written, on every answer: for users who run there too. Without a check every answer is good. */
export class DirectCheck implements Check {
  readonly #bodyBytes: number
  readonly seen = { checked: 0, responses: 0 }
  readonly #check: CheckFunction | undefined

  constructor(check: CheckFunction | undefined, bodyBytes: number) {
    this.#check = check
    this.#bodyBytes = bodyBytes
  }

  /** Sessions read every answer. */
  wanted(): number {
    return this.#bodyBytes
  }

  judge(answer: Answer, settle: (refusal: string | undefined) => void): void {
    if (!this.#check) return settle(undefined)
    if (answer.bodyBytes > this.#bodyBytes) return settle(bodyTooLarge)
    settle(call(this.#check, answer))
  }
}

function call(check: CheckFunction, answer: Answer): string | undefined {
  try {
    return refusal({ ok: check(response(answer)) })
  } catch (error) {
    return refusal({ threw: error instanceof Error ? error.message : String(error) })
  }
}

import type { Check } from '../model/spec.ts'
import { refusal } from './local-check.ts'
import type { CheckQuestion } from './relayed-check.ts'

/** Calls the check where it was written, for a generator that could not. The reason of a refusal; null where the answer is good. */
export function answerChecks(check: Check | undefined): (question: CheckQuestion) => string | null {
  return ({ status, headers, body }) => {
    if (!check) return null
    let text: string | undefined
    const read = (): string => (text ??= Buffer.from(body).toString())
    try {
      return refusal({ ok: check({ status, headers, text: read, json: () => JSON.parse(read()) as unknown }) }) ?? null
    } catch (error) {
      return refusal({ threw: error instanceof Error ? error.message : String(error) }) ?? null
    }
  }
}

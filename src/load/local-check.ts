import type { Check } from './check.ts'
import type { Answer } from './exchange.ts'
import { headerFields } from './response-head.ts'
import type { CallResult } from './self-contained.ts'
import { recreate } from './self-contained.ts'

/** Made inside the context of the check, so that `json()` gives its own arrays and objects. */
const prepare = `(status, fields, body) => {
  let text
  const read = () => (text ??= body())
  return [{ status, get headers() { return fields() }, text: read, json: () => JSON.parse(read()) }]
}`

export const bodyTooLarge = 'the body is too large to be checked'

/** Says what a check's answer means: undefined is good. */
export function refusal(result: Exclude<CallResult<unknown>, 'needs its surroundings'>): string | undefined {
  if ('threw' in result) return `the check threw: ${result.threw}`
  const { ok } = result
  if (ok !== null && typeof ok === 'object' && typeof (ok as { then?: unknown }).then === 'function') {
    return 'the check returned a promise; it must answer at once'
  }
  return ok === false ? 'the check returned false' : undefined
}

/** Every answer is checked within the generator. The first time the check refers to something outside itself, `fallback` takes over for good. */
export class LocalCheck implements Check {
  readonly seen: Check['seen']
  readonly #call: ReturnType<typeof recreate<unknown>>
  readonly #fallback: Check
  #left = false

  constructor(source: string, fallback: Check) {
    this.#fallback = fallback
    this.#call = recreate<unknown>(source, prepare)
    this.seen = fallback.seen
  }

  wanted(status: number): number {
    return this.#fallback.wanted(status)
  }

  judge(answer: Answer, settle: (refusal: string | undefined) => void): void {
    if (this.#left || !this.#call) return this.#fallback.judge(answer, settle)
    if (answer.bodyBytes > this.wanted(answer.head.status)) return settle(bodyTooLarge)
    const result = this.#call(
      answer.head.status,
      () => headerFields(answer.head.text),
      () => answer.body?.toString() ?? '',
    )
    if (result !== 'needs its surroundings') {
      this.seen.responses += 1
      this.seen.checked += 1
      return settle(refusal(result))
    }
    this.#left = true
    this.#fallback.judge(answer, settle)
  }
}

import { hash } from 'node:crypto'
import type { Check } from './check.ts'
import type { Answer } from './exchange.ts'
import { headerFields } from './response-head.ts'
import { bodyTooLarge } from './local-check.ts'

/** An answer on its way to the process that has the check. */
export interface CheckQuestion {
  readonly key: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Settle = (refusal: string | undefined) => void

const perSecond = 200
const bytesPerSecond = 32 * 1024 * 1024
const mostVerdicts = 10_000

/**
 * A check that must be called where it was written. Answers equal in status and body are asked about once; of the others at most 200 a second,
 * since the test's process must not become the limit of the load. What was not asked about counts as good, and `seen` says how many were.
 */
export class RelayedCheck implements Check {
  readonly #bodyBytes: number
  readonly seen = { checked: 0, responses: 0 }
  readonly #ask: (question: CheckQuestion) => void
  readonly #verdicts = new Map<string, string | null>()
  readonly #waiting = new Map<string, Settle[]>()
  #second = 0
  #asked = 0
  #askedBytes = 0
  #idle: (() => void) | undefined

  constructor(bodyBytes: number, ask: (question: CheckQuestion) => void) {
    this.#bodyBytes = bodyBytes
    this.#ask = ask
  }

  wanted(status: number): number {
    return status < 400 ? this.#bodyBytes : 0
  }

  judge(answer: Answer, settle: Settle): void {
    this.seen.responses += 1
    if (answer.bodyBytes > this.#bodyBytes) {
      this.seen.checked += 1
      return settle(bodyTooLarge)
    }
    const body = answer.body ?? new Uint8Array()
    const key = `${answer.head.status} ${hash('sha1', body, 'base64')}`
    const known = this.#verdicts.get(key)
    const waiting = this.#waiting.get(key)
    if (known !== undefined) this.#settle(settle, known)
    else if (waiting) waiting.push(settle)
    else if (this.#mayAsk(body.length)) {
      this.#waiting.set(key, [settle])
      this.#ask({ key, status: answer.head.status, headers: headerFields(answer.head.text), body })
    } else settle(undefined)
  }

  verdict(key: string, refusal: string | null): void {
    if (this.#verdicts.size < mostVerdicts) this.#verdicts.set(key, refusal)
    const waiting = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    for (const settle of waiting) this.#settle(settle, refusal)
    if (this.#waiting.size === 0) this.#idle?.()
  }

  /** Waits for the verdicts still out, at most `ms`. */
  async settled(ms: number): Promise<void> {
    if (this.#waiting.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#idle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #settle(settle: Settle, refusal: string | null): void {
    this.seen.checked += 1
    settle(refusal ?? undefined)
  }

  #mayAsk(bytes: number): boolean {
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#asked = 0
      this.#askedBytes = 0
    }
    if (this.#asked >= perSecond || this.#askedBytes + bytes > bytesPerSecond) return false
    this.#asked += 1
    this.#askedBytes += bytes
    return true
  }
}

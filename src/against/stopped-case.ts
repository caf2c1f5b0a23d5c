import { PerfError } from '../model/error.ts'
import type { ErrorCode } from '../model/error-catalogue.ts'
import type { FailedCase, Measured } from '../model/measured.ts'

const stops: ReadonlySet<string | undefined> = new Set<ErrorCode>(['CASE_TIMEOUT', 'CASE_ENDED_PROCESS'])

/** Did it not come back, or take its process with it? Such a case is not tried again and again. */
export function isStopped(one: Measured): one is FailedCase {
  return one.state === 'failed' && one.errors.some(({ code }) => stops.has(code))
}

/**
 * Names what Vitest says of a test that did not come back, in words that hold for one case of one side, without paths of the moment. `death`: what is
 * known of the end of the process, where it ended under this case.
 */
export function plainStop(one: Measured, death?: { readonly cause?: unknown }): Measured {
  if (one.state !== 'failed') return one
  const { name } = one.identity
  if (death && !isStopped(one)) return saying(one, 'CASE_ENDED_PROCESS', `"${name}" ended the process that ran it${how(death)}.`)
  for (const { message } of one.errors) {
    const limit = /^(?:Test timed out in|"[^]*" did not come back within) (\d+) ?ms\b(?! and)/.exec(message)?.[1]
    if (limit !== undefined) return saying(one, 'CASE_TIMEOUT', `"${name}" did not come back within ${limit} ms.`)
    const exit = /^process\.exit unexpectedly called with "(.*?)"/.exec(message)?.[1]
    if (exit !== undefined) return saying(one, 'CASE_ENDED_PROCESS', `"${name}" called process.exit(${exit === 'undefined' ? '' : exit}).`)
  }
  return one
}

function saying(one: FailedCase, code: ErrorCode, text: string): FailedCase {
  return { ...one, errors: [{ message: new PerfError(code, text).message, code }] }
}

/** Vitest: "Worker exited unexpectedly with signal SIGKILL during started state while running test file …" */
function how({ cause }: { readonly cause?: unknown }): string {
  const text = (cause as { readonly message?: unknown } | undefined)?.message
  const found = typeof text === 'string' ? /(?:exit code|signal) \w+/.exec(text)?.[0] : undefined
  return found === undefined ? '' : ` (${found})`
}

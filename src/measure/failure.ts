import { PerfError } from '../model/error.ts'

/** A body or a hook of a case threw. `cause` is what it threw, whatever that was. */
export function threw(name: string, where: string, cause: unknown): PerfError {
  return new PerfError('CASE_THREW', `"${name}" threw ${where}: ${causeText(cause)}`, { cause })
}

/** Some calls of a case return promises, which nobody awaited: its times are those of beginning the work, and it overlapped. */
export function mixed(name: string, calls: number): PerfError {
  return new PerfError(
    'CASE_MIXED_ASYNC',
    `"${name}" returned a value at its first call and a promise by call ${calls}: promises were not awaited.`,
  )
}

function causeText(cause: unknown): string {
  if (cause instanceof Error) return cause.message
  try {
    return String(cause)
  } catch {
    // An object without a prototype, or with a toString that throws.
    return typeof cause
  }
}

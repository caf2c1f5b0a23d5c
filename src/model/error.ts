import { join, sep } from 'node:path'
import type { ErrorCode } from './error-catalogue.ts'
import { errorCatalogue } from './error-catalogue.ts'

/** Where in a file something stands: 1-based line and column. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

export interface PerfErrorOptions {
  readonly place?: Place
  readonly cause?: unknown
  /** The last output of a process that is part of the story. */
  readonly output?: readonly string[]
}

/**
 * Every error that vitest-perf raises on purpose. Its `code` is documented in docs/errors.md, its `hint` says what to do,
 * and `cause` keeps what was underneath.
 */
export class PerfError extends Error {
  override readonly name = 'PerfError'
  readonly code: ErrorCode
  readonly hint: string
  readonly place?: Place
  readonly output?: readonly string[]

  constructor(code: ErrorCode, what: string, options: PerfErrorOptions = {}) {
    const { hint } = errorCatalogue[code]
    const where = options.place ? `\n  at ${placeText(options.place)}` : ''
    const output = options.output?.length ? `\n  last output:\n${options.output.map((line) => `    ${line}`).join('\n')}` : ''
    super(`${what}${where}${output}\n  ${hint} [${code}]`, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.hint = hint
    if (options.place) this.place = options.place
    if (options.output) this.output = options.output
    this.stack = withoutOwnFrames(this.stack)
  }

  /** A mistake of a user is told, not traced: what `console.error` prints has no stack of ours. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.message
  }
}

const own = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../../fixtures'), join(import.meta.dirname, '../../reporters')]

/** The way through our own files helps nobody who made a mistake in theirs. */
function withoutOwnFrames(stack: string | undefined): string {
  return (stack ?? '')
    .split('\n')
    .filter((line) => !own.some((folder) => line.includes(`${folder}${sep}`)))
    .join('\n')
}

export function placeText(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
}

import { InvalidArgumentError } from 'commander'
import { toMilliseconds, type Duration } from '../model/units.ts'

/** A whole number above 0. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number above 0.')
}

/** `a,b` and repeated flags alike. */
export function list(text: string, before: readonly string[] = []): string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
  if (items.length === 0) throw new InvalidArgumentError('It must name something.')
  return [...before, ...items]
}

/** Milliseconds of `90s`, `5m`, `1h`; a number alone is seconds. */
export function duration(text: string): number {
  const value = toMilliseconds(/^\d+(\.\d+)?$/.test(text) ? `${Number(text)}s` : (text as Duration))
  if (value !== undefined && value > 0) return value
  throw new InvalidArgumentError('It must be a time such as 90s, 5m or 1h.')
}

/** Units bind: a number of one unit cannot stand where another is wanted. The casts live in this file and nowhere else. */
declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]?: Name }

export type Nanoseconds = Unit<'ns'>
export type Milliseconds = Unit<'ms'>
export type Bytes = Unit<'B'>
/** 0 to 100. */
export type Percent = Unit<'%'>
export type PerSecond = Unit<'1/s'>
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMilliseconds = Unit<'epoch ms'>

/** A length of time as users write it: a number of milliseconds, or `'250ms'`, `'5s'`, `'2m'`, `'1h'`. */
export type Duration = number | `${number}ms` | `${number}s` | `${number}m` | `${number}h`

const perUnit = { ms: 1, s: 1e3, m: 6e4, h: 3.6e6 } as const

/** Milliseconds of a written duration, or `undefined` where the text is none. */
export function toMilliseconds(duration: Duration): Milliseconds | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) && duration >= 0 ? duration : undefined
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration.trim())
  return match ? Number(match[1]) * perUnit[match[2] as keyof typeof perUnit] : undefined
}

export const nanosecondsPerMillisecond = 1e6
export const bytesPerMegabyte = 1024 * 1024

export function toMegabytes(bytes: Bytes): number {
  return bytes / bytesPerMegabyte
}

import type { Operator } from './benchmark-config.ts'

interface Comparing {
  /** Completes "<metric> must be …". */
  readonly words: string
  readonly holds: (actual: number, threshold: number) => boolean
}

export const comparing = {
  LessThan: { words: 'less than', holds: (actual, threshold) => actual < threshold },
  LessThanOrEqual: { words: 'at most', holds: (actual, threshold) => actual <= threshold },
  GreaterThan: { words: 'more than', holds: (actual, threshold) => actual > threshold },
  GreaterThanOrEqual: { words: 'at least', holds: (actual, threshold) => actual >= threshold },
  Equal: { words: 'exactly', holds: (actual, threshold) => actual === threshold },
} as const satisfies Record<Operator, Comparing>

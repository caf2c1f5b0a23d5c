import { logGamma } from './incomplete-beta.ts'

/** How evenly things were spread over places. */
export interface Evenness {
  readonly counts: readonly number[]
  /** Pearson's statistic against equal shares. */
  readonly chi_square: number
  /** Probability of a spread at least so uneven by chance alone, where each place is as likely. Turns (round robin) give 1. */
  readonly p_value: number
  /** Standard deviation of the counts as a share of their mean; 0 is perfectly even. */
  readonly coefficient_of_variation: number
}

/** Judges counts against equal shares: K. Pearson (1900). With an expected count below five a place, the p-value is a rough one. */
export function evenness(counts: readonly number[]): Evenness {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const places = counts.length
  if (total === 0 || places < 2) return { counts, chi_square: 0, p_value: 1, coefficient_of_variation: 0 }
  const mean = total / places
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  const chiSquare = squares / mean
  return {
    counts,
    chi_square: chiSquare,
    p_value: chiSquareTail(chiSquare, places - 1),
    coefficient_of_variation: Math.sqrt(squares / (places - 1)) / mean,
  }
}

/**
 * P(X > x) of chi-square: the regularized incomplete gamma function Q(df / 2, x / 2) by its series, or its continued fraction (Lentz) in the tail.
 * Abramowitz & Stegun 26.4.19, 6.5.29 and 6.5.31.
 */
export function chiSquareTail(x: number, df: number): number {
  if (x <= 0) return 1
  const a = df / 2
  const z = x / 2
  const scale = Math.exp(a * Math.log(z) - z - logGamma(a))
  return z < a + 1 ? 1 - scale * series(a, z) : scale * fraction(a, z)
}

function series(a: number, z: number): number {
  let term = 1 / a
  let sum = term
  for (let k = 1; k < 1000 && term > sum * 1e-16; k++) {
    term *= z / (a + k)
    sum += term
  }
  return sum
}

function fraction(a: number, z: number): number {
  const tiny = 1e-300
  let b = z + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let result = d
  for (let k = 1; k < 1000; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / (Math.abs(numerator * d + b) < tiny ? tiny : numerator * d + b)
    c = Math.abs(b + numerator / c) < tiny ? tiny : b + numerator / c
    const step = c * d
    result *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return result
}

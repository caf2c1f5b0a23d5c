import { studentTCdf } from './student-t.ts'

export interface PooledT {
  readonly t: number
  /** Two-sided. */
  readonly p: number
}

/** Student's two-sample t with one variance for both sides: three values on one side are enough, if the other has more. */
export function pooledT(left: readonly number[], right: readonly number[]): PooledT {
  const df = left.length + right.length - 2
  if (left.length === 0 || right.length === 0 || df < 1) return { t: 0, p: 1 }
  const [a, b] = [moments(left), moments(right)]
  const difference = b.mean - a.mean
  const error = Math.sqrt(((a.squares + b.squares) / df) * (1 / left.length + 1 / right.length))
  // Equal values on each side: any difference is one, if it is more than the rounding of a sum.
  if (error <= 1e-12 * Math.max(Math.abs(a.mean), Math.abs(b.mean))) {
    return Math.abs(difference) <= 1e-9 * Math.abs(a.mean) ? { t: 0, p: 1 } : { t: Math.sign(difference) * Number.MAX_VALUE, p: 0 }
  }
  const t = difference / error
  return { t, p: 2 * studentTCdf(-Math.abs(t), df) }
}

function moments(values: readonly number[]): { mean: number; squares: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) }
}

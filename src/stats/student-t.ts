import { logGamma, regularizedIncompleteBeta } from './incomplete-beta.ts'

/** P(T > t) for t >= 0, through I_x(df/2, 1/2) (Abramowitz & Stegun 26.7.1). */
function upperTail(t: number, df: number): number {
  return regularizedIncompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
}

/** P(T <= t) of Student's t with `df` degrees of freedom. */
export function studentTCdf(t: number, df: number): number {
  return t > 0 ? 1 - upperTail(t, df) : upperTail(-t, df)
}

function density(t: number, df: number): number {
  const scale = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI)
  return Math.exp(scale - ((df + 1) / 2) * Math.log1p((t * t) / df))
}

/**
 * The t with P(T <= t) = p, for 0 < p < 1: `studentTQuantile(0.975, 10)` is 2.228. Newton's method from 0: the distribution function
 * is concave above 0, so each step stays below the root and none can run away.
 */
export function studentTQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentTQuantile(1 - p, df)
  const tail = 1 - p
  let t = 0
  for (let i = 0; i < 200; i++) {
    const step = (upperTail(t, df) - tail) / density(t, df)
    t += step
    if (Math.abs(step) <= 1e-12 * (1 + t)) break
  }
  return t
}

import { regularizedIncompleteBeta } from './incomplete-beta.ts'

/** P(T <= t) of Student's t with `df` degrees of freedom, through I_x(df/2, 1/2) (Abramowitz & Stegun 26.7.1). */
export function studentTCdf(t: number, df: number): number {
  const tail = regularizedIncompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** The t with P(T <= t) = p, for 0 < p < 1: `studentTQuantile(0.975, 10)` is 2.228. Bisection on the upper tail. */
export function studentTQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentTQuantile(1 - p, df)
  let high = 1
  while (studentTCdf(high, df) < p) high *= 2
  let low = 0
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (studentTCdf(middle, df) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

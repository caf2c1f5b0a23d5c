export interface EffectiveSamples {
  /** How many samples in a row tell as much as one independent sample; 1 where they are independent. */
  readonly correlation_time: number
  /** Degrees of freedom of an interval that uses it. */
  readonly degrees: number
}

/** Bounds the work; samples that depend on others so far back are worth too few for an interval anyway. */
const mostLags = 400

/**
 * The integrated autocorrelation time, 1 + 2 sum rho_k, summed up to the first lag of five times the sum so far: A. D. Sokal,
 * "Monte Carlo methods in statistical mechanics" (1989). Its own relative variance is about 2 (2W + 1) / n for W lags (U. Wolff,
 * "Monte Carlo errors with less errors", 2004), which leaves n / (2W + 1) degrees of freedom. Samples whose sum lies within one
 * standard error of independence count as independent; no credit is given for alternation.
 */
export function effectiveSamples(values: readonly number[]): EffectiveSamples {
  const n = values.length
  const independent = { correlation_time: 1, degrees: Math.max(1, n - 1) }
  if (n < 10) return independent
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const centred = Float64Array.from(values, (value) => value - mean)
  const variance = lagProduct(centred, 0)
  if (variance <= 0) return independent
  let time = 1
  let lag = 1
  for (; lag < Math.min(n / 2, mostLags) && lag < 5 * time; lag++) time += (2 * lagProduct(centred, lag)) / variance
  const lags = lag - 1
  if (time - 1 < 2 * Math.sqrt(lags / n)) return independent
  return { correlation_time: time, degrees: Math.max(2, n / (2 * lags + 1)) }
}

function lagProduct(centred: Float64Array, lag: number): number {
  let sum = 0
  for (let index = lag; index < centred.length; index++) sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0)
  return sum
}

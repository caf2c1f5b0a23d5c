import type { Estimate } from '../model/estimate.ts'
import type { ConcurrencyLaw } from '../model/scaling.ts'
import { nonNegativeLeastSquares } from './least-squares.ts'
import { normalQuantile } from './normal-quantile.ts'
import { seededRandom } from './random.ts'
import { studentTQuantile } from './student-t.ts'

export interface Throughput {
  /** Users. */
  readonly n: number
  /** Per second, above 0. */
  readonly rate: number
  /** Standard error of the rate as a share of it. */
  readonly relative_error: number
}

interface Parameters {
  readonly lambda: number
  readonly sigma: number
  readonly kappa: number
}

export const fewestLevels = 4
const parameters = 3
const resamples = 1000
const seed = 1
const confidence = 0.95

/**
 * The Universal Scalability Law through throughputs: X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)). N. Gunther, "Guerrilla capacity
 * planning" (2007), chapter 4 to 6. Fitted as N / X, which is linear in 1 / lambda, sigma / lambda and kappa / lambda, by least squares of relative
 * errors with none below 0. Intervals are by the parametric bootstrap: each level varies by its own error or by what the law leaves unexplained,
 * whichever is more. `undefined` for fewer than four levels.
 */
export function universalScalability(levels: readonly Throughput[]): ConcurrencyLaw | undefined {
  const usable = levels.filter(({ rate, n }) => rate > 0 && n > 0)
  if (usable.length < fewestLevels) return undefined
  const law = fit(usable)
  if (!law) return undefined
  const misses = usable.map(({ n, rate }) => throughputAt(law, n) / rate - 1)
  const squares = misses.reduce((sum, miss) => sum + miss ** 2, 0)
  const degrees = usable.length - parameters
  const unexplained = Math.sqrt(squares / degrees)
  const random = seededRandom(seed)
  const replicates = Array.from({ length: resamples }, () =>
    fit(
      usable.map(({ n, relative_error }) => ({
        n,
        relative_error,
        rate: throughputAt(law, n) * Math.exp(normalQuantile(open(random())) * Math.max(relative_error, unexplained)),
      })),
    ),
  ).filter((one) => one !== undefined)
  // What the law leaves unexplained is itself known from few levels only.
  const widening =
    unexplained > mean(usable.map(({ relative_error }) => relative_error)) ? studentTQuantile(0.975, degrees) / normalQuantile(0.975) : 1
  const estimate = (of: (one: Parameters) => number): Estimate => interval(of(law), replicates.map(of), widening)
  const largest = Math.max(...usable.map(({ n }) => n))
  const knee = estimate(kneeOf)
  const kappa = estimate((one) => one.kappa)
  const peak = estimate(peakOf)
  return {
    lambda: estimate((one) => one.lambda),
    sigma: estimate((one) => one.sigma),
    kappa,
    rms_percent: 100 * Math.sqrt(squares / usable.length),
    ...(knee.point <= largest && Number.isFinite(knee.high) ? { knee } : {}),
    ...(kappa.low > 0 && peak.point <= largest && Number.isFinite(peak.high) ? { peak } : {}),
  }
}

export function throughputAt({ lambda, sigma, kappa }: Parameters, n: number): number {
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1))
}

/**
 * Users with the largest power, throughput / response time = X^2 / N: L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems
 * in computer communications" (1979); R. Jain, "The art of computer systems performance analysis" (1991), 3.3. Its derivative is 0 where
 * 3 kappa N^2 + (sigma - kappa) N = 1 - sigma.
 */
export function kneeOf({ sigma, kappa }: Omit<Parameters, 'lambda'>): number {
  const rest = Math.max(0, 1 - sigma)
  if (kappa === 0) return sigma === 0 ? Number.POSITIVE_INFINITY : Math.max(1, rest / sigma)
  const slope = sigma - kappa
  return Math.max(1, (Math.sqrt(slope ** 2 + 12 * kappa * rest) - slope) / (6 * kappa))
}

/** Users with the highest throughput. */
export function peakOf({ sigma, kappa }: Omit<Parameters, 'lambda'>): number {
  return kappa === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.sqrt(Math.max(0, 1 - sigma) / kappa))
}

function fit(levels: readonly Throughput[]): Parameters | undefined {
  const weights = levels.map(({ n, rate }) => rate / n)
  const columns = [
    weights,
    levels.map(({ n }, index) => (n - 1) * (weights[index] ?? 0)),
    levels.map(({ n }, index) => n * (n - 1) * (weights[index] ?? 0)),
  ]
  const { coefficients } = nonNegativeLeastSquares(
    columns,
    levels.map(() => 1),
  )
  const [a = 0, b = 0, c = 0] = coefficients
  return a > 0 ? { lambda: 1 / a, sigma: b / a, kappa: c / a } : undefined
}

function interval(point: number, values: readonly number[], widening: number): Estimate {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? point
  const low = Math.max(0, point - Math.max(0, point - at(0.025)) * widening)
  const high = point + Math.max(0, at(0.975) - point) * widening
  return { point, low: Number.isFinite(low) ? low : 0, high, confidence }
}

/** Within (0, 1). */
function open(uniform: number): number {
  return Math.min(1 - 1e-12, Math.max(1e-12, uniform))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

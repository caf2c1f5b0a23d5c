import type { Estimate } from './estimate.ts'

/** Classes of growth that are told apart, slowest growth first. */
export const complexityClasses = ['O(1)', 'O(log n)', 'O(n)', 'O(n log n)', 'O(n^2)'] as const
export type Complexity = (typeof complexityClasses)[number]

/** One class fitted to the points: y = constant + factor * f(n). */
export interface ComplexityFit {
  readonly complexity: Complexity
  readonly constant: number
  readonly factor: number
  /** Akaike's criterion for small samples: lower is better, differences count. */
  readonly aicc: number
  /** Root mean square of (fit / y - 1), percent. */
  readonly rms_percent: number
}

/** A figure at one size or level, with its interval. */
export interface LevelEstimate extends Estimate {
  readonly n: number
}

/** How a figure grows with n. */
export interface Growth {
  readonly unit: 'ms' | 'B'
  readonly points: readonly LevelEstimate[]
  /** b of y = factor * n^b; absent with fewer than three sizes. */
  readonly exponent?: Estimate
  /** factor of y = factor * n^b. */
  readonly factor?: number
  /** The class that the points show; "undecided" where two fit alike, none fits, or there are fewer than four sizes. */
  readonly complexity: Complexity | 'undecided'
  /** AICc of the next class less that of the best; 0 with fewer than four sizes. */
  readonly margin: number
  /** Best first; empty with fewer than four sizes. */
  readonly fits: readonly ComplexityFit[]
}

/**
 * Throughput against users N by the Universal Scalability Law: X = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)). The law is absent with fewer
 * than four levels.
 */
export interface ConcurrencyLaw {
  /** Throughput of one user, per second. */
  readonly lambda: Estimate
  /** Contention: the share of work that waits for others. */
  readonly sigma: Estimate
  /** Coherency: the cost of agreeing, a pair of users at a time. */
  readonly kappa: Estimate
  /** Root mean square of (fit / X - 1), percent. */
  readonly rms_percent: number
  /** Users at which throughput / response time is largest: more of them buy more waiting than throughput. Only within the levels tried. */
  readonly knee?: Estimate
  /** Users with the highest throughput; only where throughput is known to fall again within the levels tried. */
  readonly peak?: Estimate
}

/** One rate of a capacity search and how its probes ended. */
export interface ProbedRate {
  readonly rate: number
  readonly kept: number
  readonly probes: number
}

/** What the points of a scale, users or capacity case show together. */
export type Scaling =
  | { readonly type: 'growth'; readonly time: Growth; readonly memory?: Growth }
  | { readonly type: 'concurrency'; readonly points: readonly LevelEstimate[]; readonly law?: ConcurrencyLaw }
  | { readonly type: 'capacity'; readonly keep: readonly string[]; readonly rates: readonly ProbedRate[]; readonly capacity?: Estimate }

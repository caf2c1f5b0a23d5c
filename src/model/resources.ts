import type { Estimate } from './estimate.ts'
import type { Better } from './spec.ts'
import type { Milliseconds } from './units.ts'

/** Whose figures these are. Nothing is reported without saying so. */
export type Subject = 'server' | 'generator' | 'worker'

/** A stretch of a case: warm-up, load, idle, a stage of a ramp. */
export interface Phase {
  readonly name: string
  readonly from_ms: Milliseconds
  readonly to_ms: Milliseconds
}

/** One sampled figure over time, at most 300 points (largest-triangle-three-buckets where there were more). */
export interface Series {
  /** A name of the metric catalogue, or of a user's own sampler. */
  readonly metric: string
  readonly unit: string
  readonly at_ms: readonly Milliseconds[]
  readonly values: readonly number[]
}

/** What was sampled of one process tree while a case ran. */
export interface Resources {
  readonly subject: Subject
  /** 0 where the process is not ours to know (a url of another machine). */
  readonly pid: number
  /** Most processes of the tree seen at once. */
  readonly processes: number
  readonly samples: number
  readonly interval_ms: Milliseconds
  /**
   * One figure a metric over the measured phase: totals for counters (bytes, switches), time-weighted means for rates
   * (cpu_percent of one core: 200 is two full cores), peaks for sizes (memory_mb) unless the catalogue says otherwise.
   */
  readonly metrics: Readonly<Record<string, number>>
  /** Intervals of the metrics that have one: `leak_mb_per_minute`. */
  readonly estimates?: Readonly<Record<string, Estimate>>
  /** What the metrics are that a user's own samplers gave. */
  readonly own_metrics?: Readonly<Record<string, { readonly unit: string; readonly better: Better; readonly meaning: string }>>
  readonly series: readonly Series[]
  /** What could not be sampled, and why: metric group -> reason. */
  readonly unavailable: Readonly<Record<string, string>>
  /** What the sampling itself cost, percent of one core. */
  readonly own_cpu_percent: number
}

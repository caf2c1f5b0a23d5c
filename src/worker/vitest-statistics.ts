import type { BenchResult } from 'vitest'
import type { Counted } from '../stats/recorded-values.ts'

type Statistics = BenchResult['latency']

/** Standard normal 97.5 % point: with the many samples of a case, Student's t is this within a percent. */
const z975 = 1.959964

/** The statistics that Vitest's reporters read, of counted values in ascending order. */
export function vitestStatistics(values: readonly Counted[]): Statistics {
  const n = values.reduce((sum, { count }) => sum + count, 0)
  const mean = weighted(values, (value) => value) / n
  const variance = n > 1 ? weighted(values, (value) => (value - mean) ** 2) / (n - 1) : 0
  const sd = Math.sqrt(variance)
  const sem = sd / Math.sqrt(n)
  const quantile = quantiles(values, n)
  const median = quantile(0.5)
  const deviations = values.map(({ value, count }) => ({ value: Math.abs(value - median), count })).sort((a, b) => a.value - b.value)
  return {
    aad: weighted(values, (value) => Math.abs(value - mean)) / n,
    mad: quantiles(deviations, n)(0.5),
    critical: z975,
    df: Math.max(0, n - 1),
    min: values[0]?.value ?? 0,
    max: values.at(-1)?.value ?? 0,
    mean,
    moe: sem * z975,
    rme: mean === 0 ? 0 : (100 * sem * z975) / Math.abs(mean),
    p50: median,
    p75: quantile(0.75),
    p99: quantile(0.99),
    p995: quantile(0.995),
    p999: quantile(0.999),
    samples: undefined,
    samplesCount: n,
    sd,
    sem,
    variance,
  }
}

function weighted(values: readonly Counted[], of: (value: number) => number): number {
  return values.reduce((sum, { value, count }) => sum + of(value) * count, 0)
}

/** The smallest value that at least a share `p` of the values does not exceed. */
function quantiles(values: readonly Counted[], n: number): (p: number) => number {
  return (p) => {
    let seen = 0
    for (const { value, count } of values) {
      seen += count
      if (seen >= p * n) return value
    }
    return values.at(-1)?.value ?? 0
  }
}

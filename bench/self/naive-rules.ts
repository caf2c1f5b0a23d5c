/** Rules that are in use and that docs/statistics.md warns of, for the same simulated processes. */

/** The mean of one run each: slower by more than 5 %. */
export function fivePercentOnMeans(base: readonly number[], head: readonly number[]): boolean {
  return average(head) / average(base) > 1.05
}

/** Mann-Whitney on raw samples, one-sided p < .05 by the normal approximation, and a larger median. */
export function mannWhitneyOnSamples(base: readonly number[], head: readonly number[]): boolean {
  const all = [...base.map((value) => ({ value, head: false })), ...head.map((value) => ({ value, head: true }))]
  all.sort((a, b) => a.value - b.value)
  const ranks = all.reduce((sum, one, index) => sum + (one.head ? index + 1 : 0), 0)
  const u = ranks - (head.length * (head.length + 1)) / 2
  const expected = (base.length * head.length) / 2
  const spread = Math.sqrt((base.length * head.length * (base.length + head.length + 1)) / 12)
  return (u - expected) / spread > 1.645
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

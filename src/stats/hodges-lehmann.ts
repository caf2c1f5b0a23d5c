import { medianSorted } from 'simple-statistics'

/** All (x_i + x_j) / 2 with i <= j, sorted. */
export function walshAverages(values: readonly number[]): number[] {
  const count = values.length
  // A typed array sorts numbers at once; verdicts on many cases do little else.
  const averages = new Float64Array((count * (count + 1)) / 2)
  let next = 0
  for (const [index, first] of values.entries()) {
    for (let other = index; other < count; other++) averages[next++] = (first + (values[other] ?? first)) / 2
  }
  return Array.from(averages.sort())
}

/** The centre of a sample: median of its Walsh averages. J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34 (1963). */
export function hodgesLehmann(values: readonly number[]): number {
  return medianSorted(walshAverages(values))
}

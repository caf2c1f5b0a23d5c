import { medianSorted } from 'simple-statistics'

/** All (x_i + x_j) / 2 with i <= j, sorted. */
export function walshAverages(values: readonly number[]): number[] {
  const averages: number[] = []
  for (const [index, first] of values.entries()) {
    for (let other = index; other < values.length; other++) averages.push((first + (values[other] ?? first)) / 2)
  }
  return averages.sort((a, b) => a - b)
}

/** The centre of a sample: median of its Walsh averages. J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34 (1963). */
export function hodgesLehmann(values: readonly number[]): number {
  return medianSorted(walshAverages(values))
}

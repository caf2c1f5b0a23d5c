import { medianSorted } from 'simple-statistics'

/** Standard deviation of the bulk of the values: 1.4826 median |x - median|. Right for normal values, blind to a quarter of wild ones. */
export function robustSpread(values: readonly number[]): number {
  if (values.length < 2) return 0
  const centre = medianSorted(values.toSorted((a, b) => a - b))
  return 1.4826 * medianSorted(values.map((value) => Math.abs(value - centre)).sort((a, b) => a - b))
}

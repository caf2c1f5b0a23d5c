/**
 * exp of the mean logarithm: the mean of ratios, the same whichever side is the base (P. J. Fleming and J. J. Wallace, "How not to lie
 * with statistics", CACM 29, 1986). `undefined` for no values and where one is not above 0.
 */
export function geometricMean(values: readonly number[]): number | undefined {
  if (values.length === 0 || values.some((value) => !(value > 0))) return undefined
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

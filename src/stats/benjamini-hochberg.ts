/**
 * Adjusted p values, in the order given: rejecting those <= q keeps the expected share of false ones among the rejected at q, and the
 * chance of any where all are true nulls. Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995); it holds for
 * positively dependent tests too (Benjamini and Yekutieli 2001), as cases of one process are.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const count = pValues.length
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p)
  const adjusted = new Array<number>(count).fill(1)
  let least = 1
  for (const [place, { p, index }] of order.entries()) {
    least = Math.min(least, (p * count) / (count - place))
    adjusted[index] = least
  }
  return adjusted
}

/** One figure of one case over the runs of a report; a gap is NaN. */
export interface FollowedValues {
  readonly values: readonly number[]
  readonly better: 'lower' | 'higher'
}

/**
 * What all cases did together, 100 at the first run and lower for faster: from run to run the geometric mean of how each case changed that
 * both runs have. Linked so, a case that comes or goes moves nothing (a chained index, as price statistics have it: ILO, Consumer Price
 * Index Manual, 2004, §9).
 */
export function suiteIndex(series: readonly FollowedValues[], runs: number): number[] {
  const index: number[] = []
  const last = new Float64Array(series.length).fill(Number.NaN)
  let level = 100
  let begun = false
  for (let run = 0; run < runs; run++) {
    let sum = 0
    let count = 0
    let known = false
    series.forEach(({ values, better }, at) => {
      const value = values[run] ?? Number.NaN
      if (!(value > 0)) return
      known = true
      const before = last[at] ?? Number.NaN
      if (before > 0) {
        sum += better === 'lower' ? Math.log(value / before) : Math.log(before / value)
        count++
      }
      last[at] = value
    })
    if (count > 0) level *= Math.exp(sum / count)
    begun ||= known
    index.push(known && begun ? level : Number.NaN)
  }
  return index
}

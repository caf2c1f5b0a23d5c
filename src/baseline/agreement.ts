import type { MeasuredCase, Measurement } from '../model/measured.ts'
import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import { quantileInterval } from '../stats/quantile-interval.ts'

/** With fewer samples a half says nothing of its own. */
const fewest = 20

/** What makes the figures themselves doubtful, whatever the samples say among each other. */
const doubtful: Partial<Record<Finding['code'], string>> = {
  optimised_away: 'its body may have been optimised away',
  debugger_attached: 'it ran under a debugger, a profiler or with coverage',
  aborted_early: 'its load was stopped early',
}

/**
 * Why a run of a case does not agree with itself, and so is no measure for later ones; undefined where it does. The level must not change within
 * the run by as much as counts between runs: the first half of the samples, in time order, is held against the second by the figure that runs are
 * compared by (of batches the lower decile, else the median; STATISTICS §1). Where even the near ends of their intervals of 95 % are further apart
 * than the threshold, chance does not explain it. A busy neighbour alone keeps nothing out: whether it mattered is what the halves say.
 */
export function disagreement(one: MeasuredCase, thresholdPercent: number): string | undefined {
  const reason = one.findings.map(({ code }) => doubtful[code]).find((text) => text !== undefined)
  if (reason !== undefined) return reason
  const halves = halvesOf(one.measurement)
  if (!halves) return undefined
  const [slow, fast] = halves.toSorted((a, b) => b.point - a.point)
  if (!slow || !fast || !(fast.low > 0)) return undefined
  const surely = (slow.low / fast.high - 1) * 100
  return surely > thresholdPercent
    ? `its halves are ${percent((slow.point / fast.point - 1) * 100)} apart, and ${percent(thresholdPercent)} would count as a change`
    : undefined
}

const percent = (value: number): string => `${Math.abs(value).toFixed(1)} %`

function halvesOf(measurement: Measurement): readonly Estimate[] | undefined {
  const { values, share } = timesOf(measurement)
  if (values.length < fewest) return undefined
  const middle = values.length >> 1
  const halves = [values.slice(0, middle), values.slice(middle)].flatMap((half) => quantileInterval(half, share) ?? [])
  return halves.length === 2 ? halves : undefined
}

/** In time order. Windows of a load are its samples; of other kinds, runs are not compared by samples. */
function timesOf(measurement: Measurement): { readonly values: readonly number[]; readonly share: number } {
  if (measurement.type === 'samples') return { values: measurement.ns_per_call, share: measurement.batch > 1 ? 0.1 : 0.5 }
  const windows = measurement.type === 'load' ? measurement.windows : []
  return { values: windows.flatMap(({ p50_ms }) => p50_ms ?? []), share: 0.5 }
}

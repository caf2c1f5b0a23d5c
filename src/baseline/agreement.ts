import { quantileSorted } from 'simple-statistics'
import type { MeasuredCase, Measurement } from '../model/measured.ts'
import type { Finding } from '../model/finding.ts'

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
 * compared by (of batches the lower decile, else the median; STATISTICS §1). A busy neighbour alone keeps nothing out: whether it mattered is what
 * the halves say.
 */
export function disagreement(one: MeasuredCase, thresholdPercent: number): string | undefined {
  const reason = one.findings.map(({ code }) => doubtful[code]).find((text) => text !== undefined)
  if (reason !== undefined) return reason
  const unsteady = one.findings.find(({ code }) => code === 'no_steady_state')
  if (unsteady?.code === 'no_steady_state' && Math.abs(unsteady.facts.change_percent) > thresholdPercent) {
    return `it had no steady state: ${unsteady.facts.shape}, ${percent(unsteady.facts.change_percent)} within the run`
  }
  const halves = halvesOf(one.measurement)
  if (!halves) return undefined
  const [first, second] = halves
  // The wider of both directions, so that it does not matter which half is the slow one.
  const apart = (Math.max(first, second) / Math.min(first, second) - 1) * 100
  return apart > thresholdPercent
    ? `its halves are ${percent(apart)} apart, and ${percent(thresholdPercent)} would count as a change`
    : undefined
}

const percent = (value: number): string => `${Math.abs(value).toFixed(1)} %`

function halvesOf(measurement: Measurement): readonly [number, number] | undefined {
  const { values, share } = timesOf(measurement)
  if (values.length < fewest) return undefined
  const middle = values.length >> 1
  const typical = (part: readonly number[]): number =>
    quantileSorted(
      part.toSorted((a, b) => a - b),
      share,
    )
  const halves = [typical(values.slice(0, middle)), typical(values.slice(middle))] as const
  return halves.every((half) => half > 0) ? halves : undefined
}

/** In time order. Windows of a load are its samples; of other kinds, runs are not compared by samples. */
function timesOf(measurement: Measurement): { readonly values: readonly number[]; readonly share: number } {
  if (measurement.type === 'samples') return { values: measurement.ns_per_call, share: measurement.batch > 1 ? 0.1 : 0.5 }
  const windows = measurement.type === 'load' ? measurement.windows : []
  return { values: windows.flatMap(({ p50_ms }) => p50_ms ?? []), share: 0.5 }
}

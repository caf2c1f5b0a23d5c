import { median } from 'simple-statistics'
import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { SampledTimes } from '../model/measured.ts'
import { modality } from './modality.ts'
import { groupMedians } from './steady-state.ts'
import { fewForTails } from './tails.ts'
import { theilSen } from './theil-sen.ts'

const fewestForShape = 50
/** BenchmarkDotNet's first threshold. */
const bimodal = 2.8
const separationPercent = 5
const driftPercent = 5

/** What the distribution and the order of the samples show: too few for a tail, several speeds, a steady drift. */
export function samplesFindings(measured: SampledTimes): Finding[] {
  const times = measured.ns_per_call
  // A sample of many calls has no tail of calls: asking for more samples of it would not give one.
  const findings = measured.batch === 1 ? fewForTails(times.length) : []
  if (times.length < fewestForShape) return findings
  return [...findings, ...severalModes(times), ...drift(measured)]
}

function severalModes(times: readonly number[]): Finding[] {
  const { m_value, modes } = modality(times)
  const separation = 100 * ((modes.at(-1) ?? 0) / (modes[0] ?? 1) - 1)
  if (m_value < bimodal || modes.length < 2 || separation < separationPercent) return []
  return [finding('multimodal', { modes: modes.length, separation_percent: Number(separation.toPrecision(3)) })]
}

/** A slow change without a step; steps are the matter of the steady state. */
function drift({ ns_per_call, steady_state }: SampledTimes): Finding[] {
  if (steady_state !== 'flat' && steady_state !== 'unknown') return []
  const medians = groupMedians(ns_per_call, 40)
  const line = theilSen([...medians.keys()], medians)
  if (!line || line.slope.low * line.slope.high <= 0) return []
  const change = (100 * line.slope.point * (medians.length - 1)) / median(medians)
  return Math.abs(change) < driftPercent ? [] : [finding('drift', { change_percent: Number(change.toPrecision(3)) })]
}

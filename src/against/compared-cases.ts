import { qualifyByProject } from '../main/gather.ts'
import { failClashes } from '../main/clashes.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { Measured } from '../model/measured.ts'
import type { Compared, Comparison } from '../model/run.ts'
import { summarise } from '../stats/summarise.ts'
import { timeQuantiles } from '../stats/time-quantiles.ts'
import type { PreparedCase } from './case-pairs.ts'
import { comparisonOf } from './comparison.ts'
import type { CaseDecision } from './decide.ts'
import type { CaseRecord } from './pair-book.ts'
import { poolProcesses } from './pool-processes.ts'
import { firstStagePairs, secondStagePairs } from './rule.ts'

export interface JudgedRecord {
  readonly record: CaseRecord
  readonly prepared: PreparedCase
  readonly decision: CaseDecision | undefined
}

export interface ComparedOptions {
  /** Name of the base. */
  readonly against: string
  readonly threshold_percent: number
  /** Ids that base declares and would run. */
  readonly inBase: ReadonlySet<string>
}

/** Every case of head with its numbers and how it stands against base. */
export function comparedCases(judged: readonly JudgedRecord[], options: ComparedOptions): Compared[] {
  const heads = failClashes(qualifyByProject(judged.map(({ record }) => headOf(record))))
  return summarise(heads).map((one, at) => {
    const about = judged[at]
    const comparison = about && comparisonWith(one, about, options)
    return comparison ? { ...one, comparison } : one
  })
}

/** A case that failed in any of its processes has failed. */
function headOf({ heads, other, unreached }: CaseRecord): Measured {
  const whole = other?.state === 'failed' ? other : (poolProcesses(heads) ?? unreached ?? other)
  if (!whole) throw new RangeError('a case of which nothing is known')
  return whole
}

/** The comparison of one case of head; cases that failed have none, and fail the run by themselves. */
export function comparisonWith(
  one: Pick<Compared, 'state' | 'identity'>,
  { record, prepared, decision }: JudgedRecord,
  { against, threshold_percent, inBase }: ComparedOptions,
): Comparison | undefined {
  const bare = { metric: 'value', threshold_percent: prepared.pairs.threshold_percent, against, runs: 0, findings: [] }
  switch (one.state) {
    case 'failed':
    case 'not_applicable':
      return undefined
    case 'skipped':
      if (record.notReached)
        return { ...bare, verdict: 'inconclusive', threshold_percent, further_pairs: firstStagePairs + secondStagePairs }
      return inBase.has(record.id) ? { ...bare, verdict: 'missing', threshold_percent } : undefined
    case 'measured':
      if (record.bases === 0) return { ...bare, verdict: 'new', findings: whyNot(record) }
      if (!decision)
        return { ...bare, verdict: sameValues(record) ? 'unchanged' : 'inconclusive', runs: record.bases, findings: whyNot(record) }
      const comparison = comparisonOf(decision, prepared, against)
      const findings = [...comparison.findings, ...whyNot(record, decision.pairs)]
      return { ...comparison, adjusted_p: decision.main.adjusted_p, ...baseTimes(record), findings }
  }
}

/** `pairs`: those in which base could run it all the same. */
function whyNot({ baseError, waiting }: CaseRecord, pairs = 0): Finding[] {
  const reason = baseError ?? (waiting.has('base') ? 'an earlier case of its file ended the process' : undefined)
  return reason === undefined ? [] : [finding('base_cannot_run', { reason, ...(pairs > 0 ? { pairs } : {}) })]
}

/** How base's times lie, of the same processes as head's: what a chart of both draws. */
function baseTimes({ baseMeasurements }: CaseRecord): Pick<Comparison, 'base_quantiles_ms'> {
  const base = poolProcesses(baseMeasurements)
  const base_quantiles_ms = base && timeQuantiles(base.measurement)
  return base_quantiles_ms ? { base_quantiles_ms } : {}
}

/** Values that give no ratio, such as a count of 0, can still be the same on both sides. */
function sameValues({ heads, baseValues }: CaseRecord): boolean {
  const values = new Set(heads.flatMap(({ measurement }) => (measurement.type === 'tracked' ? measurement.values : [Number.NaN])))
  const [value] = values
  return values.size === 1 && value !== undefined && baseValues.size === 1 && baseValues.has(value)
}

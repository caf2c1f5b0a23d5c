import { PerfError, placeText } from '../model/error.ts'
import type { Finding, FindingCode } from '../model/finding.ts'
import type { MeasuredCase } from '../model/measured.ts'
import type { Compared, Summarised, SummarisedCase } from '../model/run.ts'
import { mergeLoads } from '../stats/merge-loads.ts'
import { summarise } from '../stats/summarise.ts'
import type { ShardPart } from './agree.ts'

/** A case of the whole run, and the machine that its numbers are from. */
export interface JoinedCase {
  readonly fingerprint: string
  readonly one: Summarised
}

/**
 * Every case of the shards once. One that a single shard has is taken over as it is; loads of one http case are added: counts, and histograms
 * bucket by bucket.
 *
 * @throws PerfError SHARDS_DIFFER where a case that cannot be added was measured twice
 */
export function joinCases(shards: readonly ShardPart[]): JoinedCase[] {
  const parts = new Map<string, JoinedCase[]>()
  for (const { run } of shards) {
    for (const one of run.cases) {
      const { project, file, line, id } = one.identity
      const key = JSON.stringify([project, file, line, id])
      parts.set(key, [...(parts.get(key) ?? []), { fingerprint: run.environment.fingerprint, one: uncompared(one) }])
    }
  }
  return [...parts.values()].flatMap(joined)
}

/** Comparisons of a shard were made with a part of the suite in view. */
function uncompared(one: Compared): Summarised {
  const { comparison: _, ...before } = one
  return before
}

function joined(parts: readonly JoinedCase[]): JoinedCase[] {
  const [first] = parts
  if (!first) return []
  if (parts.length === 1) return [first]
  const failed = parts.find(({ one }) => one.state === 'failed')
  if (failed) return [failed]
  if (parts.every(({ one }) => one.state === first.one.state) && first.one.state !== 'measured') return [first]
  const loads = parts.flatMap(({ one }) => (one.state === 'measured' && one.measurement.type === 'load' ? [one] : []))
  const sameMachine = parts.every(({ fingerprint }) => fingerprint === first.fingerprint)
  if (loads.length < parts.length || !sameMachine) throw twice(first.one, sameMachine)
  return [{ fingerprint: first.fingerprint, one: addedLoads(loads) }]
}

function twice({ identity }: Summarised, sameMachine: boolean): PerfError {
  const why = sameMachine ? 'only loads can be added' : 'on different machines'
  return new PerfError('SHARDS_DIFFER', `The case ${identity.id} is in several shards, ${why} (${placeText(identity)}).`)
}

/** What stats/summarise-load.ts finds anew in the sum. */
const found = new Set<FindingCode>(['few_for_tail', 'generator_ceiling', 'failed_requests', 'dropped_requests', 'rate_missed'])

function addedLoads(parts: readonly SummarisedCase[]): Summarised {
  const [first] = parts
  if (!first) throw new RangeError('no load to add')
  const { metrics: _m, estimates: _e, own_metrics: _o, relative: _r, scaling: _s, ...measured } = first
  const whole: MeasuredCase = {
    ...measured,
    started_at: Math.min(...parts.map(({ started_at }) => started_at)),
    duration_ms: parts.reduce((total, { duration_ms }) => total + duration_ms, 0),
    measurement: mergeLoads(parts.flatMap(({ measurement }) => (measurement.type === 'load' ? [measurement] : []))),
    resources: parts.flatMap(({ resources }) => resources),
    findings: onceEach(parts.flatMap(({ findings }) => findings.filter(({ code }) => !found.has(code)))),
  }
  return summarise([whole])[0] ?? first
}

/** Findings are plain data: those that say the same are one. */
export function onceEach(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()]
}

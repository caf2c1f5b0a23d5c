import type { FoldedOptions } from '../model/declared.ts'
import type { Finding } from '../model/finding.ts'
import type { MeasuredCase } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'
import type { RunningServer } from '../model/server.ts'
import type { CaseIdentity } from '../model/spec.ts'
import { measuredPhase } from '../sampling/phases.ts'
import type { WatchedOutcome } from './outcome.ts'

interface About {
  readonly options: Pick<FoldedOptions, 'regressionThreshold'>
  readonly server?: RunningServer | undefined
  readonly group?: MeasuredCase['group']
  /** What was noticed before the case ran. */
  readonly findings?: readonly Finding[]
}

/** What is sent of a part of a case, whoever declared it: ours or a native benchmark. */
export function measuredCase(identity: CaseIdentity, part: WatchedOutcome, about: About): MeasuredCase {
  const { watched } = part
  const { options, server, group, findings = [] } = about
  return {
    state: 'measured',
    identity: { ...identity, kind: part.kind },
    started_at: watched.started_at,
    duration_ms: watched.duration_ms,
    measurement: part.measurement,
    phases: withStages(watched.phases ?? [], part.phases ?? []),
    resources: watched.resources ?? [],
    ...(watched.covariates ? { covariates: watched.covariates } : {}),
    findings: [...findings, ...part.findings, ...(watched.findings ?? [])],
    ...(group ? { group } : {}),
    ...(server?.startup_time_ms === undefined ? {} : { startup_time_ms: server.startup_time_ms }),
    ...(options.regressionThreshold === undefined ? {} : { regression_threshold_percent: options.regressionThreshold }),
  }
}

/**
 * The phases as they were sampled, and the stages of a ramp, which only the load knows. Its clock is not that of the sampling; the measured phase, which
 * both have, tells how far they are apart.
 */
export function withStages(sampled: readonly Phase[], load: readonly Phase[]): readonly Phase[] {
  const here = sampled.find(isMeasured)
  const there = load.find(isMeasured)
  if (!here || !there) return sampled
  const names = new Set(sampled.map(({ name }) => name))
  const shifted = (at: number): number => Math.min(here.to_ms, Math.round((at + here.from_ms - there.from_ms) * 10) / 10)
  const stages = load
    .filter(({ name }) => !names.has(name))
    .map(({ name, from_ms, to_ms }) => ({ name, from_ms: shifted(from_ms), to_ms: shifted(to_ms) }))
  return [...sampled, ...stages].sort((a, b) => a.from_ms - b.from_ms)
}

function isMeasured({ name }: Phase): boolean {
  return name === measuredPhase
}

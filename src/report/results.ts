import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { Finding } from '../model/finding.ts'
import type { CaseError, Covariates, LoadTimes, MeasuredCase, Measurement } from '../model/measured.ts'
import type { Phase, Resources } from '../model/resources.ts'
import type {
  AgainstSummary,
  Comparison,
  JudgedGate,
  Run,
  SloCompliance,
  Summarised,
  SummarisedCase,
  Trends,
  Verdict,
} from '../model/run.ts'
import type { MergedShard, Shard } from '../model/shard.ts'
import type { CaseIdentity } from '../model/spec.ts'
import { finiteOnly, finiteOrNull } from './finite.ts'
import { withoutCredentials } from './redact.ts'

export const resultsSchemaName = 'vitest-perf/1'

/** A load's histogram stands beside `samples`, so that tools find it by name. */
export type Samples = Exclude<Measurement, LoadTimes> | Omit<LoadTimes, 'histogram'>

interface CaseResultBase extends Omit<CaseIdentity, 'id'> {
  readonly findings: readonly Finding[]
  readonly errors: readonly CaseError[]
  readonly regression_threshold_percent?: number
  readonly comparison?: Comparison
}

export interface MeasuredResult extends CaseResultBase {
  readonly state: 'measured'
  readonly started_at: number
  readonly duration_ms: number
  readonly metrics: Readonly<Record<string, number>>
  /** `[low, high]` by metric, 95 % unless `confidence` says otherwise. */
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>
  readonly confidence?: Readonly<Record<string, number>>
  readonly own_metrics: SummarisedCase['own_metrics']
  readonly samples: Samples
  readonly histogram?: string
  /** By whose figures they are: `server`, `generator`, `worker`; a second process tree of one kind is `server_2`. */
  readonly resources: Readonly<Record<string, Resources>>
  readonly phases: readonly Phase[]
  readonly startup_time_ms?: number
  readonly covariates?: Covariates
  readonly group?: NonNullable<MeasuredCase['group']>
  readonly relative?: NonNullable<SummarisedCase['relative']>
  readonly scaling?: NonNullable<SummarisedCase['scaling']>
}
export interface FailedResult extends CaseResultBase {
  readonly state: 'failed'
}
export interface UnrunResult extends CaseResultBase {
  readonly state: 'skipped' | 'not_applicable'
  readonly reason: string
}
/** Only a measured case has numbers: the other states have no place for them. */
export type CaseResult = MeasuredResult | FailedResult | UnrunResult

/** benchmark_results.json: the mission's report and more. Its JSON Schema is schema/vitest-perf-1.schema.json. */
export interface ResultsJson {
  readonly schema: typeof resultsSchemaName
  readonly project?: string
  readonly timestamp: string
  readonly duration_ms: number
  readonly config: BenchmarkConfig
  readonly environment: Environment
  readonly system_info: Pick<
    Environment,
    'os' | 'os_version' | 'architecture' | 'cpu_model' | 'cpu_cores' | 'total_memory_mb' | 'available_memory_mb'
  >
  readonly results: Readonly<Record<string, CaseResult>>
  readonly missing: Run['missing']
  readonly gates: readonly JudgedGate[]
  readonly slo_compliance: SloCompliance
  readonly trends: Trends
  readonly findings: readonly Finding[]
  readonly errors: readonly CaseError[]
  readonly infrastructure?: readonly string[]
  readonly verdict: Verdict
  readonly against?: AgainstSummary
  readonly shard?: Shard
  readonly shards?: readonly MergedShard[]
}

/** What is stored of a run. Results are ordered by id, so that two files of one project can be laid side by side. */
export function resultsOf(run: Run): ResultsJson {
  const { environment } = run
  const byId = run.cases.toSorted((a, b) => (a.identity.id < b.identity.id ? -1 : 1))
  return {
    schema: resultsSchemaName,
    ...(run.project !== undefined && { project: run.project }),
    timestamp: new Date(run.started_at).toISOString(),
    duration_ms: run.duration_ms,
    config: withoutCredentials(run.config),
    environment,
    system_info: {
      os: environment.os,
      os_version: environment.os_version,
      architecture: environment.architecture,
      cpu_model: environment.cpu_model,
      cpu_cores: environment.cpu_cores,
      total_memory_mb: environment.total_memory_mb,
      available_memory_mb: environment.available_memory_mb,
    },
    results: Object.fromEntries(byId.map((one) => [one.identity.id, caseResult(one)])),
    missing: run.missing,
    gates: run.gates.map((gate) => ({ ...gate, actual: finiteOrNull(gate.actual) })),
    slo_compliance: run.slo,
    trends: run.trends,
    findings: run.findings,
    errors: run.errors,
    ...(run.infrastructure && { infrastructure: run.infrastructure }),
    verdict: run.verdict,
    ...(run.against && { against: run.against }),
    ...(run.shard && { shard: run.shard }),
    ...(run.shards && { shards: run.shards }),
  }
}

function caseResult(one: Run['cases'][number]): CaseResult {
  const { id: _, ...identity } = one.identity
  const base = {
    ...identity,
    findings: one.findings,
    errors: one.state === 'failed' ? one.errors : [],
    ...(one.regression_threshold_percent !== undefined && { regression_threshold_percent: one.regression_threshold_percent }),
    ...(one.comparison && { comparison: one.comparison }),
  }
  switch (one.state) {
    case 'measured':
      return { ...base, state: one.state, ...numbersOf(one) }
    case 'failed':
      return { ...base, state: one.state }
    case 'skipped':
    case 'not_applicable':
      return { ...base, state: one.state, reason: one.reason }
  }
}

type Numbers = Omit<MeasuredResult, keyof CaseResultBase | 'state'>

function numbersOf(one: Extract<Summarised, { state: 'measured' }>): Numbers {
  const { measurement } = one
  const estimates = Object.entries(one.estimates).filter(([, { low, high }]) => Number.isFinite(low) && Number.isFinite(high))
  const unusual = estimates.filter(([, { confidence }]) => confidence !== 0.95)
  return {
    started_at: one.started_at,
    duration_ms: one.duration_ms,
    metrics: finiteOnly(one.metrics),
    intervals: Object.fromEntries(estimates.map(([metric, { low, high }]) => [metric, [low, high] as const])),
    ...(unusual.length && { confidence: Object.fromEntries(unusual.map(([metric, { confidence }]) => [metric, confidence])) }),
    own_metrics: one.own_metrics,
    ...samplesOf(measurement),
    resources: bySubject(one.resources),
    phases: one.phases,
    ...(one.startup_time_ms !== undefined && { startup_time_ms: one.startup_time_ms }),
    ...(one.covariates && { covariates: one.covariates }),
    ...(one.group && { group: one.group }),
    ...(one.relative && { relative: one.relative }),
    ...(one.scaling && { scaling: one.scaling }),
  }
}

function samplesOf(measurement: Measurement): Pick<MeasuredResult, 'samples' | 'histogram'> {
  if (measurement.type !== 'load') return { samples: measurement }
  const { histogram, ...samples } = measurement
  return { samples, histogram }
}

function bySubject(resources: readonly Resources[]): Record<string, Resources> {
  const seen = new Map<string, number>()
  return Object.fromEntries(
    resources.map((one) => {
      const count = (seen.get(one.subject) ?? 0) + 1
      seen.set(one.subject, count)
      return [count === 1 ? one.subject : `${one.subject}_${count}`, one] as const
    }),
  )
}

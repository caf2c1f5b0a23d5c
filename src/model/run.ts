import type { CaseError, Covariates, FailedCase, MeasuredCase, NotApplicableCase, SkippedCase } from './measured.ts'
import type { Estimate } from './estimate.ts'
import type { Finding } from './finding.ts'
import type { BenchmarkConfig, Operator, Severity } from './benchmark-config.ts'
import type { Environment } from './environment.ts'
import type { Scaling } from './scaling.ts'
import type { MergedShard, Shard } from './shard.ts'
import type { Better } from './spec.ts'
import type { TrendReport } from './trend.ts'
import type { EpochMilliseconds, Percent } from './units.ts'

/** Stage 2: numbers. Every metric of the case by catalogue name, and an interval where one can be given. */
export interface SummarisedCase extends MeasuredCase {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
  /** Units and directions of the metrics that the catalogue does not know: tracked values and own samplers. */
  readonly own_metrics: Readonly<Record<string, { readonly unit: string; readonly better: Better }>>
  /** Time of this case / time of the base of its group, from paired turns. */
  readonly relative?: { readonly to: string; readonly ratio: Estimate }
  /** The law behind the points of a case of kind `scale`. */
  readonly scaling?: Scaling
}
export type Unmeasured = FailedCase | SkippedCase | NotApplicableCase
export type Summarised = SummarisedCase | Unmeasured

export type ComparisonVerdict = 'improved' | 'unchanged' | 'regressed' | 'inconclusive' | 'new' | 'missing'

/** How one case stands against what it is compared with. Effects are percent of the base: +10 is slower or more. */
export interface Comparison {
  readonly verdict: ComparisonVerdict
  readonly metric: string
  readonly base?: number
  readonly head?: number
  readonly effect_percent?: Percent
  readonly interval_percent?: readonly [low: Percent, high: Percent]
  readonly threshold_percent: Percent
  /** Smallest change that this comparison could have called a regression. */
  readonly visible_percent?: Percent
  /** Standard deviation of one pair of processes. */
  readonly noise_percent?: Percent
  /** Where inconclusive: so many more pairs would settle it. */
  readonly further_pairs?: number
  /** Every pair of processes that was measured, in order: what the verdict is made of, and what it does without. */
  readonly pairs?: readonly PairDifference[]
  /** Benjamini-Hochberg over the suite, of the direction that the estimate has. */
  readonly adjusted_p?: number
  /** What it is compared with: a commit, `baseline.json` of a date, … */
  readonly against: string
  /** Runs or pairs behind the base. */
  readonly runs: number
  /** Of what regressed or is missing: whether it fails the run. Waived, left out by a filter, or only reported, it does not. Absent in results from before it was kept. */
  readonly fails?: boolean
  /** Times of the base in milliseconds at even shares from its shortest to its longest, where its samples are known. */
  readonly base_quantiles_ms?: readonly number[]
  readonly findings: readonly Finding[]
}

/** One pair of processes. */
export interface PairDifference {
  /** 0: the first stage, that every case has. */
  readonly stage: number
  /** Head against base in `metric`, with the sign of `effect_percent`. Absent where it has no ratio. */
  readonly percent?: Percent
  /** The covariate by which the pair was left out: meanwhile the machine was taken away. */
  readonly removed?: Exclude<keyof Covariates, 'load_average'>
}

/** Stage 3. `missing` holds cases of the baseline that this run does not have: never a pass. */
export type Compared = Summarised & { readonly comparison?: Comparison }
export interface ComparedRun {
  readonly cases: readonly Compared[]
  readonly missing: readonly { readonly id: string; readonly comparison: Comparison }[]
  readonly trends: Trends
  readonly findings: readonly Finding[]
}

/** The mission's block: effects by `<id>.<metric>` in percent. */
export interface Trends {
  readonly baseline_timestamp: string | null
  readonly improvements: Readonly<Record<string, Percent>>
  readonly regressions: Readonly<Record<string, Percent>>
  readonly new_operations: readonly string[]
  readonly missing_operations: readonly string[]
}

export type GateOutcome = 'passed' | 'failed' | 'undecided' | 'missing'
/** Why a gate did not pass, for programs; `message` says it to people. `noted`: beyond its threshold, and the message says what else to know. */
export const gateReasons = [
  'beyond_threshold',
  'noted',
  'interval_holds_threshold',
  'stopped_early',
  'no_such_case',
  'other_shard',
  'case_not_measured',
  'no_such_metric',
] as const
export type GateReason = (typeof gateReasons)[number]

export interface JudgedGate {
  readonly name: string
  readonly metric: string
  readonly operator: Operator
  readonly threshold: number
  readonly severity: Severity
  readonly actual: number | null
  readonly outcome: GateOutcome
  /** Of a gate that did not pass. */
  readonly reason?: GateReason
  /** Whether it fails the run: strictness and a filter are counted in. Absent in results from before it was kept. */
  readonly fails?: boolean
  readonly message: string
  readonly file?: string
  readonly line?: number
}

export interface SloCheck {
  readonly slo: string
  readonly metric: string
  readonly case: string
  readonly limit: number
  readonly actual: number
  readonly met: boolean
  /** A critical miss fails the run. */
  readonly critical: boolean
  readonly message: string
}
export interface SloCompliance {
  /** Percent of the checks made; null where no check could be made. */
  readonly overall_compliance: Percent | null
  readonly checks: readonly SloCheck[]
  readonly violations: readonly SloCheck[]
  readonly critical_violations: readonly SloCheck[]
  /** Objectives that no case of this run could answer. */
  readonly not_checked: readonly { readonly slo: string; readonly reason: string }[]
}

export type ExitReason = 'ok' | 'gate' | 'slo' | 'regression' | 'failed_case' | 'infrastructure' | 'interrupted'
/** What each reason of a verdict is: that of a failed run, or of a remark, which fails nothing. */
export const reasonCodes = [
  'interrupted',
  'infrastructure',
  'failed_case',
  'gate',
  'slo',
  'regression',
  'gate_without_case',
  'gate_remark',
  'slo_remark',
  'comparison_remark',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

export interface Verdict {
  readonly passed: boolean
  readonly exit_reason: ExitReason
  /** One sentence each, worst first. */
  readonly reasons: readonly string[]
  /** One for each of `reasons`. */
  readonly reason_codes?: readonly ReasonCode[]
}

/** How two versions were compared in pairs of fresh processes. */
export interface AgainstSummary {
  readonly base: string
  readonly head: string
  /** Repeats the order of the processes. */
  readonly seed: number
  /** Pairs of the case that had most. */
  readonly pairs: number
  /** Base and head changed places. */
  readonly swapped: boolean
  /** Stopped by the budget before every case was settled. */
  readonly out_of_time: boolean
  /** Geometric mean of head over base in percent. */
  readonly effect_percent?: Estimate
  readonly control?: {
    readonly false_alarms_percent: Estimate
    readonly effect_percent: Estimate
    readonly pairs: number
  }
}

/** The whole run, judged: what reports are made from. */
export interface Run {
  /** Name of the project, as its package.json has it. */
  readonly project?: string
  readonly started_at: EpochMilliseconds
  readonly duration_ms: number
  readonly config: BenchmarkConfig
  readonly environment: Environment
  readonly cases: readonly Compared[]
  readonly missing: ComparedRun['missing']
  readonly trends: Trends
  readonly gates: readonly JudgedGate[]
  readonly slo: SloCompliance
  readonly findings: readonly Finding[]
  /** Errors that belong to no case: a file that does not load, a worker that died. */
  readonly errors: readonly CaseError[]
  /** Why the run as such cannot count, one sentence each: shards that are missing. It holds however the run is judged anew. */
  readonly infrastructure?: readonly string[]
  readonly verdict: Verdict
  readonly against?: AgainstSummary
  /** Set where this is a part of a run only. */
  readonly shard?: Shard
  /** Set where it was put together from shards. */
  readonly shards?: readonly MergedShard[]
  /** Earlier runs on this machine: what reports draw as history. It is not stored with the results; the history is a file of its own. */
  readonly trend?: TrendReport
}

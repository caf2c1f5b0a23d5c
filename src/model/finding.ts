/**
 * What was noticed while measuring, as data: a code and the facts behind it. The sentences are in report/sentences.ts:
 * one catalogue says for each code what was seen, what it means and what to do.
 */
export interface FindingFacts {
  /** Measuring */
  few_samples: { samples: number; wanted: number }
  /** Single calls that were so many that neighbours had to be merged. */
  calls_merged: { calls: number; samples: number }
  few_warm_up_calls: { calls: number; wanted: number }
  optimised_away: { growth: number }
  no_steady_state: { shape: 'warm-up' | 'slow-down' | 'no steady state'; change_percent: number }
  multimodal: { modes: number; separation_percent: number }
  drift: { change_percent: number }
  noisy_neighbour: { steal_percent?: number; pressure_percent?: number; load: number; cores: number; foreign_percent?: number }
  throttled: { periods: number; throttled_ms: number }
  clock_coarse: { resolution_ns: number; sample_ns: number }
  debugger_attached: { what: 'debugger' | 'coverage' | 'profiler' }
  module_getter: { accesses: number; exports: string }
  no_memory_pass: { reason: string }
  /** Load */
  generator_ceiling: { ceiling: 'generator' | 'schedule'; reason: string; cpu_percent: number; utilisation: number }
  few_for_tail: { percentile: string; samples: number; wanted: number }
  /** `frequent`: what failed them most often, where nobody saw which was the first. */
  failed_requests: { failed: number; total: number; first: string; frequent?: string }
  dropped_requests: { dropped: number; planned: number }
  late_sends: { late: number; planned: number; median_us: number }
  rate_missed: { wanted: number; achieved: number }
  /** Artillery sent the load and counted it: `version` is its own. */
  reported_by_artillery: { version: string; platform: string; workers: number }
  checks_sampled: { checked: number; responses: number }
  transport_replaced: { reason: string }
  /** `gate`: the name of the gate that could no longer be met. */
  aborted_early: { reason: string; gate?: string }
  /** Scaling */
  law_undecided: { best: string; next: string; margin: number; miss_percent: number }
  few_levels: { what: string; levels: number; wanted: number }
  knee_beyond: { largest: number }
  knee_unsure: { miss_percent: number }
  /** The resource that is full first as users are added; where none is, the one that is nearest to it at the largest number. */
  bottleneck: { resource: string; users: number; percent: number; full: boolean; next: string }
  capacity_beyond: { rate: number; side: 'above' | 'below'; reason: string }
  /** Sampling */
  sampling_unavailable: { what: string; reason: string }
  agent_not_attached: { reason: string }
  server_restarted: { times: number }
  leak: { mb_per_minute: number; low: number; high: number; points: number }
  /** Comparing and judging */
  baseline_unusable: { path: string; reason: string }
  baseline_other_machine: { differs: string }
  suite_moved: { cases: number; change_percent: number }
  too_few_runs: { runs: number; visible_percent: number }
  /** The headline figure did not move, another figure did. Percent of the base. */
  guard_worse: { metric: string; change_percent: number; low_percent: number; high_percent: number }
  pairs_needed: { pairs: number; further: number }
  pairs_removed: { removed: number; of: number; covariate: string; value: number; usual: number }
  environment_changed: { cases: number; share_percent: number; change_percent: number; cause: 'environment' | 'unknown' }
  /** Geometric mean of head over base of all cases, with its 95 % interval. */
  suite_effect: { cases: number; change_percent: number; low_percent: number; high_percent: number }
  /** How often the rule calls the control slower, which is the same code on both sides. */
  control_rate: { percent: number; low: number; high: number; pairs: number }
  /** `pairs`: those in which it could all the same. */
  base_cannot_run: { reason: string; pairs?: number }
  /** A case that ran in this run failed in a short process of the comparison. */
  failed_in_pairs: { reason: string }
  /** A regression that is known, or a case that is known to be missing; and one of which the waiver has ended. */
  regression_waived: { until: string; reason: string }
  waiver_expired: { until: string; reason: string }
  waiver_without_case: { case: string; did_you_mean?: string }
  /** `unit` as the metric has it; absent in results from before it was kept. */
  undecided_gate: { gate: string; low: number; high: number; threshold: number; unit?: string }
  /** The level of a metric is worse than it was since the last release. Commits are empty where they are not known. */
  level_changed: {
    metric: string
    unit: string
    change_percent: number
    before: number
    after: number
    /** First run of the new level, and the last of the old one. */
    commit: string
    previous_commit: string
    /** Runs at the new level, the first of them included. */
    runs: number
    state: 'provisional' | 'confirmed'
  }
  /** Worse than at the last release for sure, and no single step explains it. */
  creeping: { metric: string; release: string; change_percent: number; low_percent: number; high_percent: number }
  history_lines_skipped: { lines: number }
  /** Shards of one run were measured by different kinds of machine. */
  shards_machines: { machines: number; differs: string }
  not_applicable: { reason: string; remedy: string }
}

export type FindingCode = keyof FindingFacts
export type Finding = { readonly [C in FindingCode]: { readonly code: C; readonly facts: Readonly<FindingFacts[C]> } }[FindingCode]

export function finding<C extends FindingCode>(code: C, facts: FindingFacts[C]): Finding {
  return { code, facts } as Finding
}

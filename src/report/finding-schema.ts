import { z } from 'zod'
import type { Finding, FindingCode, FindingFacts } from '../model/finding.ts'

const n = z.number()
const s = z.string()

// Optional facts too: a schema without them would drop them without a word.
type EveryKey<C extends FindingCode> = { readonly [K in keyof FindingFacts[C]]-?: z.ZodType }

/** The facts of each finding, as stored. A code that is added to the model breaks the build here until it is added too. */
const facts = {
  few_samples: z.object({ samples: n, wanted: n }),
  calls_merged: z.object({ calls: n, samples: n }),
  few_warm_up_calls: z.object({ calls: n, wanted: n }),
  optimised_away: z.object({ growth: n }),
  no_steady_state: z.object({ shape: z.enum(['warm-up', 'slow-down', 'no steady state']), change_percent: n }),
  multimodal: z.object({ modes: n, separation_percent: n }),
  drift: z.object({ change_percent: n }),
  noisy_neighbour: z.object({
    steal_percent: z.exactOptional(n),
    pressure_percent: z.exactOptional(n),
    load: n,
    cores: n,
    foreign_percent: z.exactOptional(n),
  }),
  throttled: z.object({ periods: n, throttled_ms: n }),
  clock_coarse: z.object({ resolution_ns: n, sample_ns: n }),
  debugger_attached: z.object({ what: z.enum(['debugger', 'coverage', 'profiler']) }),
  module_getter: z.object({ accesses: n, exports: s }),
  no_memory_pass: z.object({ reason: s }),
  generator_ceiling: z.object({ ceiling: z.enum(['generator', 'schedule']), reason: s, cpu_percent: n, utilisation: n }),
  few_for_tail: z.object({ percentile: s, samples: n, wanted: n }),
  failed_requests: z.object({ failed: n, total: n, first: s, frequent: s.exactOptional() }),
  dropped_requests: z.object({ dropped: n, planned: n }),
  late_sends: z.object({ late: n, planned: n, median_us: n }),
  rate_missed: z.object({ wanted: n, achieved: n }),
  reported_by_artillery: z.object({ version: s, platform: s, workers: n }),
  checks_sampled: z.object({ checked: n, responses: n }),
  transport_replaced: z.object({ reason: s }),
  aborted_early: z.object({ reason: s, gate: s.exactOptional() }),
  law_undecided: z.object({ best: s, next: s, margin: n, miss_percent: n }),
  few_levels: z.object({ what: s, levels: n, wanted: n }),
  knee_beyond: z.object({ largest: n }),
  knee_unsure: z.object({ miss_percent: n }),
  bottleneck: z.object({ resource: s, users: n, percent: n, full: z.boolean(), next: s }),
  capacity_beyond: z.object({ rate: n, side: z.enum(['above', 'below']), reason: s }),
  sampling_unavailable: z.object({ what: s, reason: s }),
  agent_not_attached: z.object({ reason: s }),
  server_restarted: z.object({ times: n }),
  leak: z.object({ mb_per_minute: n, low: n, high: n, points: n }),
  baseline_unusable: z.object({ path: s, reason: s }),
  baseline_other_machine: z.object({ differs: s }),
  suite_moved: z.object({ cases: n, change_percent: n }),
  too_few_runs: z.object({ runs: n, visible_percent: n }),
  guard_worse: z.object({ metric: s, change_percent: n, low_percent: n, high_percent: n }),
  pairs_needed: z.object({ pairs: n, further: n }),
  pairs_removed: z.object({ removed: n, of: n, covariate: s, value: n, usual: n }),
  environment_changed: z.object({ cases: n, share_percent: n, change_percent: n, cause: z.enum(['environment', 'unknown']) }),
  suite_effect: z.object({ cases: n, change_percent: n, low_percent: n, high_percent: n }),
  control_rate: z.object({ percent: n, low: n, high: n, pairs: n }),
  base_cannot_run: z.object({ reason: s, pairs: n.exactOptional() }),
  failed_in_pairs: z.object({ reason: s }),
  regression_waived: z.object({ until: s, reason: s }),
  waiver_expired: z.object({ until: s, reason: s }),
  waiver_without_case: z.object({ case: s, did_you_mean: s.exactOptional() }),
  undecided_gate: z.object({ gate: s, low: n, high: n, threshold: n, unit: z.exactOptional(s) }),
  level_changed: z.object({
    metric: s,
    unit: s,
    change_percent: n,
    before: n,
    after: n,
    commit: s,
    previous_commit: s,
    runs: n,
    state: z.enum(['provisional', 'confirmed']),
  }),
  creeping: z.object({ metric: s, release: s, change_percent: n, low_percent: n, high_percent: n }),
  history_lines_skipped: z.object({ lines: n }),
  shards_machines: z.object({ machines: n, differs: s }),
  not_applicable: z.object({ reason: s, remedy: s }),
} as const satisfies { readonly [C in FindingCode]: z.ZodType<FindingFacts[C]> & { readonly shape: EveryKey<C> } }

type FactsSchemas = typeof facts
type FindingSchema = { [C in FindingCode]: z.ZodObject<{ code: z.ZodLiteral<C>; facts: FactsSchemas[C] }> }[FindingCode]

const variants = Object.entries(facts).map(([code, schema]) => z.object({ code: z.literal(code), facts: schema }))

export const findingSchema = z
  .discriminatedUnion('code', variants as unknown as readonly [FindingSchema, ...FindingSchema[]])
  .meta({ id: 'finding' }) as unknown as z.ZodType<Finding>

import { z } from 'zod'
import { operators, severities } from '../model/benchmark-config.ts'
import { gateReasons, reasonCodes } from '../model/run.ts'
import { comparisonSchema as comparison } from './comparison-schema.ts'
import { findingSchema } from './finding-schema.ts'
import { estimateSchema, phaseSchema, resourcesSchema, samplesSchema, scalingSchema } from './measurement-schema.ts'
import type { ResultsJson } from './results.ts'
import { resultsSchemaName } from './results.ts'

const n = z.number()
const s = z.string()
const flag = z.boolean()
const optional = z.exactOptional
const pair = z.tuple([n, n])
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()
const better = z.enum(['lower', 'higher'])
const caseError = z.object({ message: s, stack: optional(s), code: optional(s) }).meta({ id: 'error' })

const anyCase = {
  operation: s,
  suite: s,
  name: s,
  file: s,
  line: n,
  kind: z.enum(['function', 'http', 'scale', 'track', 'observe']),
  project: s,
  findings: z.array(findingSchema),
  errors: z.array(caseError),
  regression_threshold_percent: optional(n),
  comparison: optional(comparison),
}

const measured = z.object({
  ...anyCase,
  state: z.literal('measured'),
  started_at: n,
  duration_ms: n,
  metrics: z.record(s, n),
  intervals: z.record(s, pair),
  confidence: optional(z.record(s, n)),
  own_metrics: z.record(s, z.object({ unit: s, better })),
  samples: samplesSchema,
  histogram: optional(s),
  resources: z.record(s, resourcesSchema),
  phases: z.array(phaseSchema),
  startup_time_ms: optional(n),
  covariates: optional(
    z.object({
      steal_percent: optional(n),
      pressure_percent: optional(n),
      throttled_ms: optional(n),
      involuntary_switches: optional(n),
      load_average: optional(n),
    }),
  ),
  group: optional(z.object({ name: s, base: s })),
  relative: optional(z.object({ to: s, ratio: estimateSchema })),
  scaling: optional(scalingSchema),
})

const caseResult = z
  .discriminatedUnion('state', [
    measured,
    z.object({ ...anyCase, state: z.literal('failed') }),
    z.object({ ...anyCase, state: z.enum(['skipped', 'not_applicable']), reason: s }),
  ])
  .meta({ id: 'case' })

const gate = { name: s, metric: s, operator: z.enum(operators), threshold: n, severity: z.enum(severities) }

const judgedGate = z.object({
  ...gate,
  actual: orNull(n),
  outcome: z.enum(['passed', 'failed', 'undecided', 'missing']),
  reason: optional(z.enum(gateReasons)),
  fails: optional(flag),
  message: s,
  file: optional(s),
  line: optional(n),
})

const slo = z.object({
  max_startup_time_ms: n,
  max_api_response_time_ms: n,
  max_search_time_ms: n,
  max_indexing_time_per_doc_ms: n,
  max_memory_mb: n,
  max_cpu_idle_percent: n,
  max_cpu_load_percent: n,
  min_rps: n,
  max_concurrent_users: n,
  max_data_scale: n,
})

const sloCheck = z
  .object({ slo: s, metric: s, case: s, limit: n, actual: n, met: flag, critical: flag, message: s })
  .meta({ id: 'slo_check' })

const duration = z.union([
  n,
  z.templateLiteral([n, 'ms']),
  z.templateLiteral([n, 's']),
  z.templateLiteral([n, 'm']),
  z.templateLiteral([n, 'h']),
])
const endpoint = z.object({
  name: s,
  method: optional(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])),
  path: s,
  headers: optional(z.record(s, s)),
  body: z.unknown().optional(),
  expect: optional(z.object({ status: optional(n), contains: optional(s), json: optional(z.record(s, z.union([s, n, flag, z.null()]))) })),
  connections: optional(n),
  rate: optional(n),
  duration: optional(duration),
})

const config = z.object({
  gates: z.array(z.object(gate)),
  slo,
  strict: flag,
  fail_on_regression: flag,
  regression_threshold_percent: n,
  update_baseline_on_success: flag,
  waivers: optional(z.array(z.object({ case: s, until: s, reason: s }))),
  reporting: z.object({
    json: flag,
    html: flag,
    markdown: flag,
    pdf: optional(flag),
    templates: optional(s),
    upload_external: flag,
    upload_url: optional(s),
  }),
  iterations: optional(n),
  warmup_iterations: optional(n),
  monitoring_interval_ms: optional(n),
  enable_profiling: optional(flag),
  concurrent_users: z.array(n),
  data_scales: z.array(n),
  endpoints: optional(z.array(endpoint)),
})

const machine = {
  os: s,
  os_version: s,
  architecture: s,
  cpu_model: s,
  cpu_cores: n,
  total_memory_mb: n,
  available_memory_mb: n,
}

const environment = z.object({
  ...machine,
  fingerprint: s,
  cgroup_cpus: orNull(n),
  cgroup_memory_mb: orNull(n),
  node: s,
  v8: s,
  vitest: s,
  vitest_perf: s,
  ci: orNull(s),
  commit: orNull(s),
  branch: orNull(s),
  dirty: orNull(flag),
})

const trends = z.object({
  baseline_timestamp: orNull(s),
  improvements: z.record(s, n),
  regressions: z.record(s, n),
  new_operations: z.array(s),
  missing_operations: z.array(s),
})

const shard = z.object({ index: n, count: n, files: z.array(s), not_run: z.array(s), filtered: flag, run: orNull(s) })
const mergedShard = z.object({ index: n, count: n, fingerprint: s, started_at: n, duration_ms: n, cases: n })

const verdict = z.object({
  passed: flag,
  exit_reason: z.enum(['ok', 'gate', 'slo', 'regression', 'failed_case', 'infrastructure', 'interrupted']),
  reasons: z.array(s),
  reason_codes: optional(z.array(z.enum(reasonCodes))),
})

/**
 * benchmark_results.json as a schema. Keys that it does not name are allowed and not kept: the file grows by adding.
 * schema/vitest-perf-1.schema.json is made from it.
 */
export const resultsSchema = z.object({
  schema: z.literal(resultsSchemaName),
  project: optional(s),
  timestamp: z.iso.datetime(),
  duration_ms: n,
  config,
  environment,
  system_info: z.object(machine),
  results: z.record(s, caseResult),
  missing: z.array(z.object({ id: s, comparison })),
  gates: z.array(judgedGate),
  slo_compliance: z.object({
    overall_compliance: orNull(n),
    checks: z.array(sloCheck),
    violations: z.array(sloCheck),
    critical_violations: z.array(sloCheck),
    not_checked: z.array(z.object({ slo: s, reason: s })),
  }),
  trends,
  findings: z.array(findingSchema),
  errors: z.array(caseError),
  infrastructure: optional(z.array(s)),
  verdict,
  against: optional(
    z.object({
      base: s,
      head: s,
      seed: n,
      pairs: n,
      swapped: flag,
      out_of_time: flag,
      effect_percent: optional(estimateSchema),
      control: optional(z.object({ false_alarms_percent: estimateSchema, effect_percent: estimateSchema, pairs: n })),
    }),
  ),
  shard: optional(shard),
  shards: optional(z.array(mergedShard)),
}) satisfies z.ZodType<ResultsJson>

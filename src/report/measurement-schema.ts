import { z } from 'zod'
import { complexityClasses } from '../model/scaling.ts'

const n = z.number()
const s = z.string()
const flag = z.boolean()
const optional = z.exactOptional
const numbers = z.array(n)
const better = z.enum(['lower', 'higher'])

export const estimateSchema = z.object({ point: n, low: n, high: n, confidence: n })

const sampledTimes = z
  .object({
    type: z.literal('samples'),
    ns_per_call: numbers,
    batch: n,
    calls: n,
    awaited: flag,
    warmup: z.object({ calls: n, ms: n, cut_samples: n }),
    clock_overhead_ns: n,
    await_overhead_ns: n,
    steady_state: z.enum(['flat', 'warm-up', 'slow-down', 'no steady state', 'unknown']),
    block_starts: optional(numbers),
    undisturbed: optional(z.object({ kept: n, of: n, mean_ns_of_all: n })),
    memory: optional(z.object({ bytes_per_call: n, gc_ns_per_call: n, gc_count: n })),
  })
  .meta({ id: 'sampled_times' })

const failureKind = z.enum(['status', 'check', 'timeout', 'connection', 'protocol'])

const windows = z.array(
  z.object({ at_ms: n, requests: n, failures: n, bytes: n, p50_ms: optional(n), p99_ms: optional(n), histogram: optional(s) }),
)

const loadTimes = z.object({
  type: z.literal('load'),
  model: z.enum(['closed', 'open', 'users']),
  min_ms: n,
  max_ms: n,
  mean_ms: n,
  stddev_ms: n,
  elapsed_ms: n,
  requests: n,
  planned: n,
  dropped: n,
  late: n,
  failures: z.record(failureKind, n),
  first_failures: z.array(z.object({ kind: failureKind, at_ms: n, message: s, status: optional(n), body: optional(s) })),
  bytes_received: n,
  body_bytes_received: n,
  bytes_sent: n,
  connections: z.object({ opened: n, reused: n, connect_ms: n, tls_ms: n, wait_ms: n }),
  recovery_time_ms: optional(n),
  windows,
  steps: z.record(s, z.object({ histogram: s, requests: n, failures: n })),
  wanted_rate: optional(n),
  transport: optional(z.enum(['autocannon', 'direct', 'mixed'])),
  transport_reason: optional(s),
  ceiling: z.object({ verdict: z.enum(['server', 'generator', 'schedule']), reason: s }),
  generator: z.object({ cpu_percent: n, event_loop_utilization: n }),
})

const reportedLoad = z.object({
  type: z.literal('reported'),
  tool: z.literal('artillery'),
  tool_version: s,
  platform: z.enum(['local', 'fargate', 'lambda', 'aci']),
  workers: n,
  elapsed_ms: n,
  requests: n,
  answered: n,
  planned: n,
  dropped: n,
  wanted_rate: n,
  failures: z.record(failureKind, n),
  codes: z.record(s, n),
  errors: z.record(s, n),
  latency: optional(z.object({ min_ms: n, max_ms: n, mean_ms: n, p50_ms: n, p75_ms: n, p90_ms: n, p95_ms: n, p99_ms: n, p999_ms: n })),
  body_bytes_received: n,
  windows,
})

const scaleTimes = z.object({
  type: z.literal('scale'),
  points: z.array(z.object({ n, times: sampledTimes, heap_bytes: optional(n) })),
})

const ceiling = z.object({ verdict: z.enum(['server', 'generator', 'schedule']), reason: s })

const loadLevels = z.object({
  type: z.literal('levels'),
  points: z.array(
    z.object({ n, elapsed_ms: n, answered: n, failed: n, mean_ms: n, windows, ceiling, busy: z.exactOptional(z.record(s, n)) }),
  ),
})

const capacitySearch = z.object({
  type: z.literal('capacity'),
  keep: z.array(s),
  from: n,
  to: n,
  step: n,
  probes: z.array(
    z.object({
      rate: n,
      kept: flag,
      reason: s,
      part: z.enum(['bracket', 'staircase']),
      achieved: n,
      values: z.record(s, n),
      ceiling,
      generator: z.object({ cpu_percent: n, event_loop_utilization: n }),
    }),
  ),
})

/** What a case measured, without the histogram of a load, which stands beside it. */
export const samplesSchema = z
  .discriminatedUnion('type', [
    sampledTimes,
    loadTimes,
    reportedLoad,
    z.object({ type: z.literal('tracked'), values: numbers, unit: s, better }),
    scaleTimes,
    loadLevels,
    capacitySearch,
    z.object({ type: z.literal('observation'), elapsed_ms: n }),
  ])
  .meta({ id: 'samples' })

const level = z.object({ n, ...estimateSchema.shape })
const growth = z.object({
  unit: z.enum(['ms', 'B']),
  points: z.array(level),
  exponent: optional(estimateSchema),
  factor: optional(n),
  complexity: z.enum([...complexityClasses, 'undecided']),
  margin: n,
  fits: z.array(z.object({ complexity: z.enum(complexityClasses), constant: n, factor: n, aicc: n, rms_percent: n })),
})

const concurrencyLaw = z.object({
  lambda: estimateSchema,
  sigma: estimateSchema,
  kappa: estimateSchema,
  rms_percent: n,
  knee: optional(estimateSchema),
  peak: optional(estimateSchema),
})

/** The law behind the points of a case of kind `scale`. */
export const scalingSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('growth'), time: growth, memory: optional(growth) }),
    z.object({ type: z.literal('concurrency'), points: z.array(level), law: optional(concurrencyLaw) }),
    z.object({
      type: z.literal('capacity'),
      keep: z.array(s),
      rates: z.array(z.object({ rate: n, kept: n, probes: n })),
      capacity: optional(estimateSchema),
    }),
  ])
  .meta({ id: 'scaling' })

export const phaseSchema = z.object({ name: s, from_ms: n, to_ms: n })

export const resourcesSchema = z
  .object({
    subject: z.enum(['server', 'generator', 'worker']),
    pid: n,
    processes: n,
    samples: n,
    interval_ms: n,
    metrics: z.record(s, n),
    series: z.array(z.object({ metric: s, unit: s, at_ms: numbers, values: numbers })),
    unavailable: z.record(s, s),
    own_cpu_percent: n,
    estimates: optional(z.record(s, estimateSchema)),
    own_metrics: optional(z.record(s, z.object({ unit: s, better, meaning: s }))),
  })
  .meta({ id: 'resources' })

import { z } from 'zod'
import { findingSchema } from './finding-schema.ts'

const n = z.number()
const s = z.string()
const optional = z.exactOptional
const disturbances = ['steal_percent', 'pressure_percent', 'throttled_ms', 'involuntary_switches'] as const

/** How a case stands against what it is compared with. */
export const comparisonSchema = z
  .object({
    verdict: z.enum(['improved', 'unchanged', 'regressed', 'inconclusive', 'new', 'missing']),
    metric: s,
    base: optional(n),
    head: optional(n),
    effect_percent: optional(n),
    interval_percent: optional(z.tuple([n, n])),
    threshold_percent: n,
    visible_percent: optional(n),
    noise_percent: optional(n),
    further_pairs: optional(n),
    pairs: optional(z.array(z.object({ stage: n, percent: optional(n), removed: optional(z.enum(disturbances)) }))),
    adjusted_p: optional(n),
    base_quantiles_ms: optional(z.array(n)),
    against: s,
    runs: n,
    fails: optional(z.boolean()),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'comparison' })

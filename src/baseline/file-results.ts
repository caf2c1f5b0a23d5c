import { z } from 'zod'
import type { Milliseconds } from '../model/units.ts'
import { timeQuantiles } from '../stats/time-quantiles.ts'
import type { RecordedCase, RecordedEnvironment, RecordedValue } from './baseline.ts'
import { machine } from './file-baseline.ts'
import { derivedTimes } from './headline.ts'

export const resultsSchemaName = 'vitest-perf/1'

const times = z.object({ ns_per_call: z.array(z.number()), batch: z.number() })
/** Of the samples only what a comparison needs is looked at: those of other kinds of case pass unread. */
const samples = z.union([
  z.object({ type: z.literal('samples'), ...times.shape }),
  z.object({ type: z.literal('load'), histogram: z.string() }),
  z.object({ type: z.literal('scale'), points: z.array(z.object({ n: z.number(), times })) }),
  z.object({ type: z.enum(['load', 'reported', 'tracked', 'levels', 'capacity', 'observation']) }),
])

const result = z.discriminatedUnion('state', [
  z.object({ state: z.literal('measured'), metrics: z.record(z.string(), z.number()), samples: samples.optional() }),
  z.object({ state: z.enum(['failed', 'skipped', 'not_applicable']) }),
])

/** What a comparison needs of benchmark_results.json. */
export const resultsFile = z.object({
  schema: z.literal(resultsSchemaName),
  timestamp: z.string(),
  environment: z.object({ fingerprint: z.string(), commit: z.string().nullable() }),
  results: z.record(z.string(), result),
  system_info: machine.optional(),
})

export function environmentOfResults({ timestamp, environment, results, system_info }: z.infer<typeof resultsFile>): RecordedEnvironment {
  const { fingerprint, commit } = environment
  const record = (value: number): RecordedValue[] => [{ at: timestamp, commit, value }]
  const cases: Record<string, RecordedCase> = {}
  const times: Record<string, readonly Milliseconds[]> = {}
  for (const [id, one] of Object.entries(results)) {
    if (one.state !== 'measured') continue
    const derived = one.samples ? Object.fromEntries(derivedTimes(one.samples as Parameters<typeof derivedTimes>[0])) : {}
    cases[id] = Object.fromEntries(Object.entries({ ...derived, ...one.metrics }).map(([metric, value]) => [metric, record(value)]))
    const quantiles = one.samples && timeQuantiles(one.samples)
    if (quantiles) times[id] = quantiles
  }
  return { fingerprint, machine: system_info ?? {}, cases, times }
}

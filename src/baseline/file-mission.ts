import { z } from 'zod'
import type { RecordedCase, RecordedEnvironment } from './baseline.ts'

/** A Rust `Duration` as serde writes it. */
const duration = z
  .object({ secs: z.number().nonnegative(), nanos: z.number().nonnegative() })
  .transform(({ secs, nanos }) => secs * 1e3 + nanos / 1e6)

const operation = z.object({
  avg_time: duration,
  min_time: duration,
  max_time: duration,
  ops_per_second: z.number().nonnegative(),
  success_rate: z.number().min(0).max(1),
  error_count: z.number().nonnegative(),
  resource_usage: z.object({ cpu_percent: z.number(), memory_bytes: z.number() }).partial().optional(),
})

/** The mission's BenchmarkReport, as far as a comparison needs it. */
export const missionReport = z.object({ timestamp: z.string().optional(), results: z.record(z.string(), operation) })

/** What the mission reports of an operation, in our names and units. */
export function metricsOfMission(one: z.infer<typeof operation>): Record<string, number> {
  const { cpu_percent, memory_bytes } = one.resource_usage ?? {}
  return {
    avg_time_ms: one.avg_time,
    min_time_ms: one.min_time,
    max_time_ms: one.max_time,
    ops_per_second: one.ops_per_second,
    success_rate: one.success_rate * 100,
    error_count: one.error_count,
    ...(cpu_percent === undefined ? {} : { cpu_percent }),
    ...(memory_bytes === undefined ? {} : { memory_mb: memory_bytes / 1024 ** 2 }),
  }
}

/** Its system_info holds no fingerprint: nobody can tell whether the machine is this one. */
export function environmentOfMission({ timestamp, results }: z.infer<typeof missionReport>): RecordedEnvironment {
  const cases: Record<string, RecordedCase> = {}
  for (const [id, one] of Object.entries(results)) {
    const metrics = metricsOfMission(one)
    cases[id] = Object.fromEntries(
      Object.entries(metrics).map(([metric, value]) => [metric, [{ at: timestamp ?? null, commit: null, value }]]),
    )
  }
  return { fingerprint: null, machine: {}, cases }
}

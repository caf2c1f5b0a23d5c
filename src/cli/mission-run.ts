import { z } from 'zod'
import { metricsOfMission, missionReport } from '../baseline/file-mission.ts'
import { judge } from '../gates/judge.ts'
import { defaultConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { SampledTimes } from '../model/measured.ts'
import type { ComparedRun, Run, SummarisedCase } from '../model/run.ts'

const duration = z.object({ secs: z.number(), nanos: z.number() }).transform(({ secs, nanos }) => secs * 1e3 + nanos / 1e6)
const optional = z.exactOptional

/** What is shown of a mission's report beside what a comparison needs. */
const more = z.object({
  timestamp: z.iso.datetime({ offset: true }),
  results: z.record(z.string(), z.object({ total_time: optional(duration) })),
  system_info: optional(
    z.object({
      os: optional(z.string()),
      os_version: optional(z.string()),
      cpu_model: optional(z.string()),
      cpu_cores: optional(z.number()),
      total_memory_mb: optional(z.number()),
      available_memory_mb: optional(z.number()),
    }),
  ),
})

export function isMissionReport(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('schema' in value) && 'results' in value
}

/**
 * A report of the mission as a run: its own figures, and nothing that it does not have. It holds no samples, no intervals and no gates;
 * objectives are judged anew, for the mission counted them against checks that it had not made.
 *
 * @throws ZodError where it is none
 */
export function runOfMission(value: unknown): Run {
  const { results } = missionReport.parse(value)
  const { timestamp, results: times, system_info = {} } = more.parse(value)
  const started_at = Date.parse(timestamp)
  const cases = Object.entries(results).map(([id, one]): SummarisedCase => {
    const metrics = metricsOfMission(one)
    return {
      identity: { id, operation: id, suite: '', name: id, file: '', line: 0, kind: 'function', project: '' },
      state: 'measured',
      started_at,
      duration_ms: times[id]?.total_time ?? 0,
      findings: [],
      measurement: noSamples,
      phases: [],
      resources: [],
      own_metrics: {},
      metrics,
      estimates: {},
    }
  })
  const compared: ComparedRun = { cases, missing: [], trends: noTrends, findings: [] }
  const { slo, verdict } = judge(compared, defaultConfig, { errors: [], interrupted: false })
  const environment = environmentOf(system_info)
  const duration_ms = cases.reduce((total, one) => total + one.duration_ms, 0)
  return { started_at, duration_ms, config: defaultConfig, environment, ...compared, gates: [], slo, errors: [], verdict }
}

const noTrends: Run['trends'] = { baseline_timestamp: null, improvements: {}, regressions: {}, new_operations: [], missing_operations: [] }

const noSamples: SampledTimes = {
  type: 'samples',
  ns_per_call: [],
  batch: 1,
  calls: 0,
  awaited: false,
  warmup: { calls: 0, ms: 0, cut_samples: 0 },
  clock_overhead_ns: 0,
  await_overhead_ns: 0,
  steady_state: 'unknown',
}

/** The mission's reports do not name their machine. */
export const unknownMachine = 'unknown'

function environmentOf(system: Partial<Environment>): Environment {
  const unknown = unknownMachine
  return {
    os: unknown,
    os_version: '',
    cpu_model: unknown,
    // Reports write what is no number as a dash.
    cpu_cores: Number.NaN,
    total_memory_mb: Number.NaN,
    available_memory_mb: Number.NaN,
    ...system,
    fingerprint: unknown,
    architecture: '',
    cgroup_cpus: null,
    cgroup_memory_mb: null,
    node: unknown,
    v8: unknown,
    vitest: unknown,
    vitest_perf: unknown,
    ci: null,
    commit: null,
    branch: null,
    dirty: null,
  }
}

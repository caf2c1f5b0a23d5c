import type { Estimate } from '../../src/model/estimate.ts'
import type { LoadTimes, Measurement, SampledTimes } from '../../src/model/measured.ts'
import type { Resources } from '../../src/model/resources.ts'
import type { Compared, ComparedRun, SummarisedCase } from '../../src/model/run.ts'
import type { CaseIdentity, CaseKind } from '../../src/model/spec.ts'
import { noTrends } from '../../src/baseline/trends.ts'

export function identity(id: string, kind: CaseKind = 'http', line = 7): CaseIdentity {
  return { id, operation: id, suite: 'suite', name: id, file: 'src/api.bench.ts', line, kind, project: '' }
}

export const samples = (ns_per_call: readonly number[], batch = 1): SampledTimes => ({
  type: 'samples',
  ns_per_call,
  batch,
  calls: ns_per_call.length * batch,
  awaited: false,
  warmup: { calls: 10, ms: 10, cut_samples: 0 },
  clock_overhead_ns: 100,
  await_overhead_ns: 0,
  steady_state: 'flat',
})

export const load = (model: LoadTimes['model'] = 'closed', ceiling: LoadTimes['ceiling']['verdict'] = 'server'): LoadTimes => ({
  type: 'load',
  model,
  histogram: '',
  min_ms: 1,
  max_ms: 10,
  mean_ms: 2,
  stddev_ms: 1,
  elapsed_ms: 1000,
  requests: 500,
  planned: 500,
  dropped: 0,
  late: 0,
  failures: { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0 },
  first_failures: [],
  bytes_received: 1000,
  body_bytes_received: 500,
  bytes_sent: 1000,
  connections: { opened: 1, reused: 499, connect_ms: 1, tls_ms: 0, wait_ms: 0 },
  windows: [],
  steps: {},
  ceiling: { verdict: ceiling, reason: ceiling === 'server' ? 'the generator had time left' : 'it used 99 % of its core' },
  generator: { cpu_percent: 50, event_loop_utilization: 0.5 },
})

export const resources = (subject: Resources['subject'], unavailable: Record<string, string> = {}): Resources => ({
  subject,
  pid: 1,
  processes: 1,
  samples: 10,
  interval_ms: 100,
  metrics: {},
  series: [],
  unavailable,
  own_cpu_percent: 0,
})

const measurements: Readonly<Record<CaseKind, Measurement>> = {
  function: samples([1e6]),
  http: load(),
  scale: { type: 'scale', points: [] },
  track: { type: 'tracked', values: [1], unit: 'ratio', better: 'higher' },
  observe: { type: 'observation', elapsed_ms: 1000 },
}

export function measured(
  id: string,
  metrics: Record<string, number>,
  more: Partial<Omit<SummarisedCase, 'identity'>> & { kind?: CaseKind; comparison?: Compared['comparison'] } = {},
): SummarisedCase {
  const { kind = 'http', ...rest } = more
  return {
    state: 'measured',
    identity: identity(id, kind),
    findings: [],
    started_at: Date.UTC(2026, 4, 1),
    duration_ms: 1000,
    measurement: measurements[kind],
    phases: [],
    resources: [],
    metrics,
    estimates: {},
    own_metrics: {},
    ...rest,
  }
}

export const failed = (id: string, message = 'expected 200, got 500', kind: CaseKind = 'http'): Compared => ({
  state: 'failed',
  identity: identity(id, kind),
  findings: [],
  errors: [{ message }],
})
export const unrun = (state: 'skipped' | 'not_applicable', id: string, comparison?: Compared['comparison']): Compared => ({
  state,
  identity: identity(id),
  findings: [],
  reason: 'wrk is not installed',
  ...(comparison ? { comparison } : {}),
})

export const between = (low: number, high: number): Estimate => ({ point: (low + high) / 2, low, high, confidence: 0.95 })

export const run = (cases: readonly Compared[], more: Partial<ComparedRun> = {}): ComparedRun => ({
  cases,
  missing: [],
  trends: noTrends,
  findings: [],
  ...more,
})

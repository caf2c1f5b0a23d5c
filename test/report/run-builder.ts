import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import type { Environment } from '../../src/model/environment.ts'
import type { FailedCase, LoadTimes, SampledTimes } from '../../src/model/measured.ts'
import type { Series } from '../../src/model/resources.ts'
import type { Compared, Comparison, JudgedGate, Run, SloCheck, SummarisedCase } from '../../src/model/run.ts'
import type { CaseIdentity } from '../../src/model/spec.ts'

/** Made-up runs for tests of reports: round numbers, and noise from a fixed seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const environment: Environment = {
  fingerprint: 'x64-8-node24-0f3a',
  os: 'Linux',
  os_version: '6.12.0',
  architecture: 'x64',
  cpu_model: 'AMD EPYC 7B13',
  cpu_cores: 8,
  total_memory_mb: 32768,
  available_memory_mb: 24576,
  cgroup_cpus: 4,
  cgroup_memory_mb: 8192,
  node: '24.21.0',
  v8: '13.6',
  vitest: '5.1.1',
  vitest_perf: '0.1.0',
  ci: 'GitHub Actions',
  commit: '91d07e4c2b5a69788f0e1d2c3b4a59687f0e1d2c',
  branch: 'feature/fast-router',
  dirty: false,
}

export function identity(id: string, over: Partial<CaseIdentity> = {}): CaseIdentity {
  return { id, operation: id, suite: 'search', name: id, file: 'src/search.bench.ts', line: 7, kind: 'function', project: '', ...over }
}

export function sampled(meanNs: number, count = 200, seed = 1): SampledTimes {
  const random = randomFrom(seed)
  return {
    type: 'samples',
    ns_per_call: Array.from({ length: count }, () => {
      const bell = (random() + random() + random() + random() - 2) / 2
      const tail = random() < 0.03 ? 0.2 * random() : 0
      return Math.round(meanNs * (1 + 0.06 * bell + tail) * 100) / 100
    }),
    batch: 1000,
    calls: count * 1000,
    awaited: false,
    warmup: { calls: 50_000, ms: 200, cut_samples: 5 },
    clock_overhead_ns: 80,
    await_overhead_ns: 0,
    steady_state: 'flat',
  }
}

export function loaded(meanMs: number, requests = 5000, over: Partial<LoadTimes> = {}, seed = 2): LoadTimes {
  const random = randomFrom(seed)
  const histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 })
  // Where the histogram is given, the rest may be of a few values.
  for (let i = 0; i < (over.histogram === undefined ? requests : 10); i++) {
    histogram.recordValue(Math.max(1, Math.round(meanMs * 1000 * (0.4 - 0.6 * Math.log(1 - random())))))
  }
  return {
    type: 'load',
    model: 'closed',
    histogram: encodeIntoCompressedBase64(histogram),
    min_ms: histogram.minNonZeroValue / 1000,
    max_ms: histogram.maxValue / 1000,
    mean_ms: histogram.mean / 1000,
    stddev_ms: histogram.stdDeviation / 1000,
    elapsed_ms: 5000,
    requests,
    planned: requests,
    dropped: 0,
    late: 0,
    failures: { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0 },
    first_failures: [],
    bytes_received: requests * 1200,
    body_bytes_received: requests * 1000,
    bytes_sent: requests * 300,
    connections: { opened: 50, reused: requests - 50, connect_ms: 0.2, tls_ms: 0, wait_ms: 0 },
    windows: Array.from({ length: 50 }, (_, at) => ({
      at_ms: at * 100,
      requests: Math.round((requests / 50) * (0.95 + 0.1 * random())),
      failures: 0,
      bytes: (requests / 50) * 1200,
      p50_ms: meanMs * (0.75 + 0.1 * random()),
      p99_ms: meanMs * (2.6 + 0.6 * random()),
    })),
    steps: {},
    ceiling: { verdict: 'server', reason: 'the server used 98 % of its core' },
    generator: { cpu_percent: 40, event_loop_utilization: 0.4 },
    ...over,
  }
}

export function series(metric: string, unit: string, from: number, to: number, seconds = 6, seed = 3): Series {
  const random = randomFrom(seed)
  const at_ms = Array.from({ length: seconds * 10 }, (_, at) => at * 100)
  const rise = (at: number): number => Math.min(1, at / 10)
  return { metric, unit, at_ms, values: at_ms.map((_, at) => from + (to - from) * rise(at) + (to - from) * 0.08 * (random() - 0.5)) }
}

export function comparison(verdict: Comparison['verdict'], over: Partial<Comparison> = {}): Comparison {
  return { verdict, metric: 'avg_time_ms', threshold_percent: 5, against: 'baseline.json of 2026-10-01', runs: 12, findings: [], ...over }
}

export function measuredFunction(id: string, meanMs: number, over: Partial<SummarisedCase & { comparison: Comparison }> = {}): Compared {
  return {
    identity: identity(id),
    state: 'measured',
    started_at: Date.UTC(2026, 9, 5, 21, 14),
    duration_ms: 900,
    findings: [],
    measurement: sampled(meanMs * 1e6, 200, id.length),
    phases: [],
    resources: [],
    own_metrics: {},
    metrics: {
      avg_time_ms: meanMs,
      p50_time_ms: meanMs * 0.98,
      p95_time_ms: meanMs * 1.1,
      p99_time_ms: meanMs * 1.2,
      ops_per_second: 1000 / meanMs,
      heap_bytes_per_call: 640,
      gc_time_ns_per_call: 12,
      cpu_percent: 101,
      memory_mb: 88,
    },
    estimates: {
      avg_time_ms: { point: meanMs, low: meanMs * 0.99, high: meanMs * 1.012, confidence: 0.95 },
      p95_time_ms: { point: meanMs * 1.1, low: meanMs * 1.08, high: meanMs * 1.13, confidence: 0.95 },
    },
    ...over,
  }
}

export function measuredLoad(
  id: string,
  meanMs: number,
  over: Partial<SummarisedCase & { comparison: Comparison }> = {},
  load: Partial<LoadTimes> = {},
): Compared {
  const requests = Math.round(5000 / meanMs) * 4
  return {
    identity: identity(id, { kind: 'http', suite: 'server API', file: 'bench/server-api.bench.ts', line: 12 }),
    state: 'measured',
    started_at: Date.UTC(2026, 9, 5, 21, 14),
    duration_ms: 6200,
    findings: [],
    measurement: loaded(meanMs, requests, load, id.length),
    phases: [
      { name: 'warm-up', from_ms: 0, to_ms: 1000 },
      { name: 'load', from_ms: 1000, to_ms: 6000 },
    ],
    resources: [
      {
        subject: 'server',
        pid: 4242,
        processes: 1,
        samples: 60,
        interval_ms: 100,
        metrics: { cpu_percent: 98, memory_mb: 156, thread_count: 11 },
        series: [
          series('cpu_percent', '%', 4, 98),
          series('memory_mb', 'MB', 92, 156),
          series('event_loop_delay_p99_ms', 'ms', 1.1, 9.3),
          series('heap_mb', 'MB', 30, 62),
        ],
        unavailable: { network: 'the kernel does not count bytes by process' },
        own_cpu_percent: 0.3,
      },
      {
        subject: 'generator',
        pid: 4243,
        processes: 1,
        samples: 60,
        interval_ms: 100,
        metrics: { cpu_percent: 40, memory_mb: 71 },
        series: [series('cpu_percent', '%', 2, 40)],
        unavailable: {},
        own_cpu_percent: 0.1,
      },
    ],
    startup_time_ms: 412,
    own_metrics: {},
    metrics: {
      avg_time_ms: meanMs,
      p50_time_ms: meanMs * 0.82,
      p95_time_ms: meanMs * 2.2,
      p99_time_ms: meanMs * 3.1,
      requests_per_second: requests / 5,
      ops_per_second: requests / 5,
      bytes_per_second: (requests * 1200) / 5,
      success_rate: 100,
      error_count: 0,
      cpu_percent: 98,
      memory_mb: 156,
      startup_time_ms: 412,
    },
    estimates: {
      avg_time_ms: { point: meanMs, low: meanMs * 0.97, high: meanMs * 1.03, confidence: 0.95 },
      p95_time_ms: { point: meanMs * 2.2, low: meanMs * 2.1, high: meanMs * 2.4, confidence: 0.95 },
      p99_time_ms: { point: meanMs * 3.1, low: meanMs * 2.8, high: meanMs * 3.6, confidence: 0.95 },
    },
    ...over,
  }
}

export function failed(id: string, over: Partial<FailedCase> = {}): Compared {
  return {
    identity: identity(id, { line: 31 }),
    state: 'failed',
    findings: [],
    errors: [
      {
        message:
          'The server ended before it was ready, or while it was measured.\n  at src/search.bench.ts:31\n  last output:\n    listening on http://127.0.0.1:43111\n    TypeError: index.get is not a function\n  Start the same command by hand and read its output. [SERVER_EXITED]',
        stack: 'PerfError: The server ended\n    at runLoad (src/load/drive.ts:88:13)\n    at async measure (src/author/http.ts:40:5)',
        code: 'SERVER_EXITED',
      },
    ],
    ...over,
  }
}

export function gate(outcome: JudgedGate['outcome'], over: Partial<JudgedGate> = {}): JudgedGate {
  const base = {
    name: 'API Response Time',
    metric: 'search_api.avg_time_ms',
    operator: 'LessThan',
    threshold: 1000,
    severity: 'Blocking',
  } as const
  return { ...base, actual: outcome === 'missing' ? null : 1.2, outcome, message: '', ...over }
}

export function sloCheck(over: Partial<SloCheck> = {}): SloCheck {
  return {
    slo: 'max_api_response_time_ms',
    metric: 'search_api.avg_time_ms',
    case: 'search_api',
    limit: 500,
    actual: 1.2,
    met: true,
    critical: false,
    message: 'search_api took 1.2 ms of 500 ms',
    ...over,
  }
}

export function runOf(over: Partial<Run> = {}): Run {
  return {
    project: 'shop-api',
    started_at: Date.UTC(2026, 9, 5, 21, 14),
    duration_ms: 31_200,
    config: defaultConfig,
    environment,
    cases: [],
    missing: [],
    trends: { baseline_timestamp: null, improvements: {}, regressions: {}, new_operations: [], missing_operations: [] },
    gates: [],
    slo: { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] },
    findings: [],
    errors: [],
    verdict: { passed: true, exit_reason: 'ok', reasons: [] },
    ...over,
  }
}

import type { Baseline, BaselineReading, RecordedValue } from '../../src/baseline/baseline.ts'
import type { Environment } from '../../src/model/environment.ts'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import type { ComparedRun, Run, Verdict } from '../../src/model/run.ts'

export const environment: Environment = {
  fingerprint: 'here',
  os: 'linux',
  os_version: '6.1',
  architecture: 'x64',
  cpu_model: 'Example CPU',
  cpu_cores: 4,
  total_memory_mb: 8192,
  available_memory_mb: 4096,
  cgroup_cpus: null,
  cgroup_memory_mb: null,
  node: '24.1.0',
  v8: '13.6',
  vitest: '5.1.1',
  vitest_perf: '0.1.0',
  ci: null,
  commit: 'abc1234',
  branch: 'main',
  dirty: false,
}

export const recorded = (...values: number[]): RecordedValue[] =>
  values.map((value, day) => ({ at: new Date(Date.UTC(2026, 0, day + 1)).toISOString(), commit: `c${day}`, value }))

export const baselineOf = (
  cases: Baseline['environments'][number]['cases'],
  more: Partial<Baseline['environments'][number]> = {},
): BaselineReading => ({
  state: 'usable',
  baseline: { path: 'results/baseline.json', format: 'baseline', environments: [{ fingerprint: 'here', machine: {}, cases, ...more }] },
  findings: [],
})

export const absent: Extract<BaselineReading, { state: 'absent' }> = { state: 'absent', path: 'results/baseline.json', findings: [] }

export function judgedRun(compared: ComparedRun, verdict: Partial<Verdict> = {}, on: Partial<Environment> = {}): Run {
  return {
    started_at: Date.UTC(2026, 4, 1),
    duration_ms: 1000,
    config: defaultConfig,
    environment: { ...environment, ...on },
    cases: compared.cases,
    missing: compared.missing,
    trends: compared.trends,
    gates: [],
    slo: { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] },
    findings: compared.findings,
    errors: [],
    verdict: { passed: true, exit_reason: 'ok', reasons: [], ...verdict },
  }
}

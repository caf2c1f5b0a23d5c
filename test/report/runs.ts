import { finding } from '../../src/model/finding.ts'
import type { Compared, Run, SloCompliance } from '../../src/model/run.ts'
import { comparison, failed, gate, identity, measuredFunction, measuredLoad, runOf, sampled, sloCheck } from './run-builder.ts'

const compliance = (checks: SloCompliance['checks'], not_checked: SloCompliance['not_checked'] = []): SloCompliance => {
  const violations = checks.filter(({ met }) => !met)
  const met = checks.length - violations.length
  return {
    overall_compliance: checks.length ? (met / checks.length) * 100 : null,
    checks,
    violations,
    critical_violations: violations.filter(({ critical }) => critical),
    not_checked,
  }
}

/** The main job on a good day: four cases of a server, gates and objectives met, nothing to compare with. */
export const passingRun: Run = runOf({
  cases: [
    measuredLoad('health_check', 0.42),
    measuredLoad('search_api', 1.2, { findings: [finding('few_for_tail', { percentile: 'p99.9', samples: 2100, wanted: 2995 })] }),
    measuredLoad('config_api', 0.51),
    measuredLoad('chat_api', 3.4),
  ],
  gates: [
    gate('passed'),
    gate('passed', {
      name: 'Search success',
      metric: 'search_api.success_rate',
      operator: 'GreaterThanOrEqual',
      threshold: 99,
      actual: 100,
    }),
    gate('passed', { name: 'Health', metric: 'health_check.avg_time_ms', threshold: 100, actual: 0.42, severity: 'Warning' }),
    gate('passed', { name: 'Memory under load', metric: 'search_api.memory_mb', threshold: 1024, actual: 156 }),
  ],
  slo: compliance(
    [
      sloCheck(),
      sloCheck({ slo: 'max_startup_time_ms', metric: 'search_api.startup_time_ms', limit: 5000, actual: 412 }),
      sloCheck({ slo: 'min_rps', metric: 'search_api.requests_per_second', limit: 10, actual: 3334 }),
    ],
    [{ slo: 'max_data_scale', reason: 'no case of kind scale was measured' }],
  ),
})

const scale: Compared = {
  ...measuredFunction('data_scale', 0.2),
  identity: identity('data_scale', { kind: 'scale', suite: 'scalability', file: 'bench/scalability.bench.ts', line: 9 }),
  measurement: {
    type: 'scale',
    points: [1_000, 10_000, 100_000, 1_000_000].map((n, at) => ({ n, times: sampled(2000 * n ** 0.52, 40, at + 1), heap_bytes: n * 220 })),
  },
  metrics: { scaling_exponent: 0.52, cpu_percent: 100, memory_mb: 310 },
  estimates: { scaling_exponent: { point: 0.52, low: 0.49, high: 0.55, confidence: 0.95 } },
  scaling: {
    type: 'growth',
    time: {
      unit: 'ms',
      points: [1_000, 10_000, 100_000, 1_000_000].map((n) => ({ n, point: 0.002 * n ** 0.52, low: 0.0019 * n ** 0.52, high: 0.0021 * n ** 0.52, confidence: 0.95 })),
      exponent: { point: 0.52, low: 0.49, high: 0.55, confidence: 0.95 },
      factor: 0.002,
      complexity: 'undecided',
      margin: 1.2,
      fits: [],
    },
  },
  comparison: comparison('unchanged', {
    metric: 'scaling_exponent', base: 0.53, head: 0.52, effect_percent: -1.9, interval_percent: [-4.4, 1.2],
  }),
} as Compared // prettier-ignore

/** Two ways to do one thing, measured in turns. */
export const groupedRun: Run = runOf({
  cases: [
    measuredFunction('parse_json', 0.00021, { group: { name: 'parse', base: 'parse_json' } }),
    measuredFunction('parse_own', 0.00034, {
      group: { name: 'parse', base: 'parse_json' },
      relative: { to: 'parse_json', ratio: { point: 1.62, low: 1.58, high: 1.67, confidence: 0.95 } },
    }),
  ],
})

/** Everything at once: each state, each comparison verdict, each gate outcome, missed objectives, findings. */
export const failingRun: Run = runOf({
  cases: [
    measuredFunction('parse query', 0.000644, {
      identity: identity('parse_query', { name: 'parse query', line: 12 }),
      comparison: comparison('regressed', { base: 0.00048, head: 0.000644, effect_percent: 34.2, interval_percent: [34, 34.4] }),
      findings: [finding('noisy_neighbour', { steal_percent: 4.2, pressure_percent: 11, load: 6.1, cores: 8 })],
    }),
    measuredLoad('search_api', 1.2, {
      comparison: comparison('inconclusive', { base: 1.12, head: 1.2, effect_percent: 6.9, interval_percent: [-2.2, 15.5], visible_percent: 12 }),
      findings: [
        finding('failed_requests', { failed: 84, total: 16668, first: 'status 500 Internal Server Error' }),
        finding('few_for_tail', { percentile: 'p99.9', samples: 2100, wanted: 2995 }),
      ],
    }, {
      failures: { status: 80, check: 4, timeout: 0, connection: 0, protocol: 0 },
      first_failures: [
        { kind: 'status', at_ms: 812, message: 'status 500', status: 500, body: '{"status":"error","error":"index is being rebuilt"}' },
        { kind: 'check', at_ms: 1502, message: 'the check returned false', status: 200, body: '{"status":"error"}' },
      ],
    }),
    measuredLoad('chat_api', 3.4, { comparison: comparison('improved', { base: 4.1, head: 3.4, effect_percent: -17.6, interval_percent: [-19.2, -15.8] }) }),
    measuredLoad('health_check', 0.42, { comparison: comparison('unchanged', { base: 0.418, head: 0.42, effect_percent: 0.4, interval_percent: [-1.1, 1.9] }) }),
    measuredLoad('config_api', 0.51, { comparison: comparison('new') }),
    measuredFunction('rank results', 0.084, {
      identity: identity('rank_results', { name: 'rank results', line: 18 }),
      comparison: comparison('unchanged', { base: 0.0846, head: 0.084, effect_percent: -0.7, interval_percent: [-2, 0.6] }),
      findings: [finding('noisy_neighbour', { steal_percent: 3.8, pressure_percent: 9, load: 5.8, cores: 8 })],
    }),
    scale,
    failed('fuzzy_search'),
    { identity: identity('large_results', { line: 40 }), state: 'skipped', reason: 'bench.skip', findings: [] },
    { identity: identity('postgres', { line: 44 }), state: 'not_applicable', reason: 'no PostgreSQL url is set', findings: [
      finding('not_applicable', { reason: 'no PostgreSQL url is set', remedy: 'Set database.url to run it.' }),
    ] },
  ],
  missing: [{ id: 'config_write', comparison: comparison('missing', { base: 2.1 }) }],
  trends: {
    baseline_timestamp: '2026-10-01T08:00:00.000Z',
    improvements: { 'chat_api.avg_time_ms': -17.6 },
    regressions: { 'parse_query.avg_time_ms': 34.2 },
    new_operations: ['config_api'],
    missing_operations: ['config_write'],
  },
  gates: [
    gate('failed', {
      name: 'Parser budget', metric: 'parse_query.avg_time_ms', threshold: 0.0005, actual: 0.000644, reason: 'beyond_threshold', file: 'src/search.bench.ts', line: 12,
      message: 'parse_query.avg_time_ms is 644 ns, the gate wants less than 500 ns',
    }),
    gate('passed'),
    gate('undecided', {
      name: 'Search p95', metric: 'search_api.p95_time_ms', threshold: 2.6, actual: 2.64, severity: 'Warning', reason: 'interval_holds_threshold',
      message: 'search_api.p95_time_ms is 2.64 ms and its interval 2.52 – 2.88 ms holds the threshold 2.6 ms',
    }),
    gate('missing', {
      name: 'Fuzzy search', metric: 'fuzzy_search.avg_time_ms', threshold: 50, reason: 'case_not_measured',
      message: 'fuzzy_search has no numbers: it failed',
    }),
    gate('failed', {
      name: 'Memory', metric: 'search_api.memory_mb', threshold: 128, actual: 156, severity: 'Warning', reason: 'beyond_threshold',
      message: 'search_api.memory_mb is 156 MB, the gate wants less than 128 MB',
    }),
  ],
  slo: compliance(
    [
      sloCheck(),
      sloCheck({ case: 'chat_api', metric: 'chat_api.avg_time_ms', actual: 3.4 }),
      sloCheck({ slo: 'max_startup_time_ms', metric: 'search_api.startup_time_ms', limit: 5000, actual: 412 }),
      sloCheck({ slo: 'max_cpu_load_percent', metric: 'search_api.cpu_percent', limit: 80, actual: 98, met: false, message: 'search_api used 98 % of 80 %' }),
      sloCheck({ slo: 'max_cpu_load_percent', metric: 'chat_api.cpu_percent', case: 'chat_api', limit: 80, actual: 97, met: false }),
      sloCheck({ slo: 'min_rps', metric: 'search_api.requests_per_second', limit: 10, actual: 3334 }),
    ],
    [{ slo: 'max_data_scale', reason: 'the largest size measured is 1,000,000' }],
  ),
  findings: [finding('too_few_runs', { runs: 2, visible_percent: 20 })],
  verdict: {
    passed: false,
    exit_reason: 'gate',
    reasons: [
      'Parser budget: parse_query.avg_time_ms is 644 ns, the gate wants less than 500 ns (src/search.bench.ts:12)',
      'Fuzzy search: fuzzy_search has no numbers: it failed',
      '1 case is slower than its baseline: parse_query +34.2 % [+34.0, +34.4]',
      '1 case of the baseline is missing: config_write',
    ],
  },
}) // prettier-ignore

/** Nothing measured is not a pass. */
export const emptyRun: Run = runOf({
  cases: [],
  errors: [{ message: 'src/search.bench.ts does not load: Cannot find module ./index.ts', stack: 'Error: Cannot find module\n    at src/search.bench.ts:1:1' }],
  verdict: { passed: false, exit_reason: 'infrastructure', reasons: ['Nothing was measured: 1 file did not load'] },
}) // prettier-ignore

export const interruptedRun: Run = runOf({
  cases: [measuredFunction('parse_query', 0.000644)],
  verdict: { passed: false, exit_reason: 'interrupted', reasons: ['Stopped by SIGINT after 1 of 4 cases'] },
})

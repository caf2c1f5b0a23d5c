import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { FindingCode, FindingFacts } from '../../src/model/finding.ts'
import { finding } from '../../src/model/finding.ts'
import { findingSchema } from '../../src/report/finding-schema.ts'
import { plain, plainLines } from '../../src/report/plain-text.ts'
import { repeatCommand } from '../../src/report/repeat-command.ts'
import { sentenceOf } from '../../src/report/sentences.ts'
import { viewOf } from '../../src/report/view.ts'
import { identity, measuredFunction, runOf } from './run-builder.ts'

const facts: { [C in FindingCode]: FindingFacts[C] } = {
  few_samples: { samples: 4, wanted: 30 },
  calls_merged: { calls: 30000, samples: 10000 },
  few_warm_up_calls: { calls: 25, wanted: 500 },
  optimised_away: { growth: 1.02 },
  no_steady_state: { shape: 'slow-down', change_percent: 12 },
  multimodal: { modes: 2, separation_percent: 40 },
  drift: { change_percent: -7 },
  noisy_neighbour: { steal_percent: 3, pressure_percent: 20, load: 5, cores: 2, foreign_percent: 12 },
  throttled: { periods: 3, throttled_ms: 120 },
  clock_coarse: { resolution_ns: 1000, sample_ns: 4000 },
  debugger_attached: { what: 'coverage' },
  module_getter: { accesses: 4, exports: 'parse' },
  no_memory_pass: { reason: 'the body is async' },
  generator_ceiling: { ceiling: 'generator', reason: 'its core was full', cpu_percent: 99, utilisation: 1 },
  few_for_tail: { percentile: 'p99', samples: 120, wanted: 299 },
  failed_requests: { failed: 1, total: 200, first: 'status 500' },
  dropped_requests: { dropped: 5, planned: 100 },
  late_sends: { late: 8, planned: 100, median_us: 1800 },
  rate_missed: { wanted: 200, achieved: 150 },
  reported_by_artillery: { version: '2.0.21', platform: 'fargate', workers: 20 },
  checks_sampled: { checked: 100, responses: 1000 },
  transport_replaced: { reason: 'the autocannon that is installed cannot be used: it has no client' },
  aborted_early: { reason: 'half of the requests failed' },
  law_undecided: { best: 'O(n)', next: 'O(n log n)', margin: 2.5, miss_percent: 6 },
  few_levels: { what: 'the class of growth', levels: 3, wanted: 4 },
  knee_beyond: { largest: 50 },
  knee_unsure: { miss_percent: 12 },
  bottleneck: { resource: "the server's event loop", users: 10, percent: 98, full: true, next: 'all cores, 80 %' },
  capacity_beyond: { rate: 500, side: 'above', reason: '' },
  sampling_unavailable: { what: 'network', reason: 'no /proc' },
  agent_not_attached: { reason: 'the server is not a Node process' },
  server_restarted: { times: 1 },
  leak: { mb_per_minute: 2, low: 1.5, high: 2.5, points: 12 },
  baseline_unusable: { path: 'baseline.json', reason: 'truncated' },
  baseline_other_machine: { differs: 'cpu_model' },
  suite_moved: { cases: 12, change_percent: 9 },
  guard_worse: { metric: 'heap_bytes_per_call', change_percent: 40, low_percent: 30, high_percent: 50 },
  pairs_needed: { pairs: 24, further: 12 },
  pairs_removed: { removed: 2, of: 24, covariate: 'steal_percent', value: 12, usual: 1 },
  environment_changed: { cases: 10, share_percent: 90, change_percent: 8, cause: 'environment' },
  control_rate: { percent: 0.1, low: 0, high: 0.4, pairs: 24 },
  suite_effect: { cases: 8, change_percent: 1.2, low_percent: -0.4, high_percent: 2.8 },
  base_cannot_run: { reason: 'the file does not load' },
  failed_in_pairs: { reason: 'the port is taken' },
  too_few_runs: { runs: 1, visible_percent: 20 },
  regression_waived: { until: '2026-12-31', reason: 'the new index is worth it' },
  waiver_expired: { until: '2026-06-30', reason: 'the new index is worth it' },
  waiver_without_case: { case: 'serch', did_you_mean: 'search' },
  level_changed: {
    metric: 'p10_time_ms',
    unit: 'ms',
    change_percent: 16.7,
    before: 1.2,
    after: 1.4,
    commit: 'b0b5c0d',
    previous_commit: 'a11d0c5',
    runs: 8,
    state: 'confirmed',
  },
  creeping: { metric: 'p10_time_ms', release: 'v1.2.0', change_percent: 6.2, low_percent: 4.1, high_percent: 8.3 },
  history_lines_skipped: { lines: 3 },
  undecided_gate: { gate: 'p95', low: 1, high: 3, threshold: 2, unit: 'ms' },
  shards_machines: { machines: 2, differs: 'cpu_model A and B' },
  not_applicable: { reason: 'wrk is not installed', remedy: 'Install wrk.' },
}
const findings = Object.entries(facts).map(([code, value]) => finding<FindingCode>(code as FindingCode, value as never))

describe('findings in words', () => {
  test.each(findings)('$code says what was seen, what it means and what to do', (one) => {
    const { seen, means, todo } = sentenceOf(one)
    for (const sentence of [seen, means, todo]) {
      expect(sentence).toMatch(/^\S.*\S\.$/)
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object|\.\.$/)
    }
    expect(findingSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
  })

  test('the same remedy for several cases is given once, with every case', () => {
    const noisy = finding('noisy_neighbour', { steal_percent: 3, pressure_percent: 20, load: 5, cores: 2 })
    const cases = ['a', 'b', 'a2'].map((id) => measuredFunction(id, 1, { findings: [noisy] }))
    const { recommendations } = viewOf(runOf({ cases }))
    expect(recommendations).toHaveLength(1)
    expect(recommendations[0]?.cases.map(({ id }) => id)).toEqual(['a', 'b', 'a2'])
  })
})

describe('a text of somebody else', () => {
  test('keeps its words and loses what could act', () => {
    expect(plain('\u001b[31mred\u001b[0m\u0007\r\nnext\tline')).toBe('red· next line')
    expect(plain('safe\u202egnp.exe')).toBe('safe⟨U+202E⟩gnp.exe')
    expect(plain('a\ud800b')).toBe('a\ufffdb')
  })

  test('is cut between what reads as one character', () => {
    expect(plain('👩‍👩‍👧‍👦'.repeat(20), 5)).toBe(`${'👩‍👩‍👧‍👦'.repeat(4)}…`)
    expect(plain('検索性能', 4)).toBe('検索性能')
    expect(plain('x'.repeat(400)).length).toBe(120)
    expect(plain('é́́'.repeat(1e6)).length).toBeLessThan(1000)
  })

  test('of many lines says how many were left out', () => {
    expect(plainLines('a\r\n  b\n\u001b[2Jc\nd', 3)).toEqual(['a', '  b', 'c', '… 1 more lines'])
  })
})

describe('the command that repeats a case', () => {
  // Printed by a real shell, word by word, so that quoting is tried and not believed.
  const words = (name: string): string[] => {
    const command = repeatCommand(identity('x', { name, file: 'src/a b.bench.ts' }))
    return execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n')
  }

  test.each([
    'parse query',
    'search at 200/s',
    `it's "quoted" $HOME \`id\` $(id)`,
    'a|b (c) [d] {e} ^f$ .g* +h? \\i',
    '検索',
    "!history 'x'",
  ])('finds exactly the case %s', (name) => {
    const [npx, vitest, bench, run, file, flag, pattern = ''] = words(name)
    expect([npx, vitest, bench, run, file, flag]).toEqual(['npx', 'vitest', 'bench', '--run', 'src/a b.bench.ts', '-t'])
    expect(new RegExp(pattern).test(`search ${name}`)).toBe(true)
    expect(new RegExp(pattern).test(`search ${name.slice(0, -1)}`)).toBe(false)
  })

  test('is not offered for a name that cannot be typed', () => {
    expect(repeatCommand(identity('x', { name: 'a\u202eb' }))).toBe('')
  })
})

import { describe, expect, test } from 'vitest'
import { judge } from '../../src/gates/judge.ts'
import type { Gate, Operator } from '../../src/model/benchmark-config.ts'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import type { Compared, JudgedGate } from '../../src/model/run.ts'
import { between, failed, load, measured, resources, run, unrun } from './make-case.ts'

const calm = { errors: [], interrupted: false }
const gate = (metric: string, operator: Operator = 'LessThan', threshold = 100, severity: Gate['severity'] = 'Blocking'): Gate => ({
  name: 'budget',
  metric,
  operator,
  threshold,
  severity,
})
const judged = (gate: Gate, cases: readonly Compared[], strict = false) =>
  judge(run(cases), { ...defaultConfig, gates: [gate], strict }, calm)
const one = (gate: Gate, cases: readonly Compared[]): JudgedGate => {
  const { gates } = judged(gate, cases)
  expect(gates).toHaveLength(1)
  return gates[0]!
}

describe('a gate without an interval is decided by its number', () => {
  test.each<[Operator, number, string]>([
    ['LessThan', 99, 'passed'],
    ['LessThan', 100, 'failed'],
    ['LessThanOrEqual', 100, 'passed'],
    ['LessThanOrEqual', 101, 'failed'],
    ['GreaterThan', 101, 'passed'],
    ['GreaterThan', 100, 'failed'],
    ['GreaterThanOrEqual', 100, 'passed'],
    ['GreaterThanOrEqual', 99, 'failed'],
    ['Equal', 100, 'passed'],
    ['Equal', 100.1, 'failed'],
  ])('%s 100 with %d: %s', (operator, actual, outcome) => {
    expect(one(gate('a.error_count', operator), [measured('a', { error_count: actual })]).outcome).toBe(outcome)
  })
})

describe('a gate with an interval is decided by all of it', () => {
  test.each<[Operator, number, number, string]>([
    ['LessThan', 90, 99, 'passed'],
    ['LessThan', 90, 100, 'undecided'],
    ['LessThan', 90, 110, 'undecided'],
    ['LessThan', 100, 110, 'failed'],
    ['LessThanOrEqual', 90, 100, 'passed'],
    ['LessThanOrEqual', 100, 110, 'undecided'],
    ['LessThanOrEqual', 101, 110, 'failed'],
    ['LessThan', 90, Infinity, 'undecided'],
    ['GreaterThan', 101, 110, 'passed'],
    ['GreaterThan', 100, 110, 'undecided'],
    ['GreaterThan', 90, 100, 'failed'],
    ['GreaterThanOrEqual', 100, 110, 'passed'],
    ['GreaterThanOrEqual', 90, 100, 'undecided'],
    ['GreaterThanOrEqual', 90, 99, 'failed'],
    ['Equal', 100, 100, 'passed'],
    ['Equal', 90, 110, 'undecided'],
    ['Equal', 101, 110, 'failed'],
  ])('%s 100 with %d to %d: %s', (operator, low, high, outcome) => {
    const point = (low + Math.min(high, 200)) / 2
    const measuredCase = measured('a', { avg_time_ms: point }, { estimates: { avg_time_ms: between(low, high) } })
    expect(one(gate('a.avg_time_ms', operator), [measuredCase]).outcome).toBe(outcome)
  })

  test('an undecided blocking gate fails the run with strict, and is a finding and a remark without', () => {
    const cases = [measured('a', { avg_time_ms: 99 }, { estimates: { avg_time_ms: between(90, 108) } })]
    const lenient = judged(gate('a.avg_time_ms'), cases)
    expect(lenient.verdict).toMatchObject({ passed: true, exit_reason: 'ok' })
    expect(lenient.verdict.reasons[0]).toContain('undecided')
    expect(lenient.findings).toEqual([
      { code: 'undecided_gate', facts: { gate: 'budget', low: 90, high: 108, threshold: 100, unit: 'ms' } },
    ])
    expect(judged(gate('a.avg_time_ms'), cases, true).verdict).toMatchObject({ passed: false, exit_reason: 'gate' })
    const warning = judged(gate('a.avg_time_ms', 'LessThan', 100, 'Warning'), cases, true)
    expect(warning.verdict.passed).toBe(true)
  })
})

describe('what a message says', () => {
  test('the actual value, its unit, the threshold and the place of the case', () => {
    expect(one(gate('search_api.avg_time_ms', 'LessThan', 1000), [measured('search_api', { avg_time_ms: 1234.5678 })])).toEqual({
      ...gate('search_api.avg_time_ms', 'LessThan', 1000),
      actual: 1234.5678,
      outcome: 'failed',
      reason: 'beyond_threshold',
      fails: true,
      message: 'search_api.avg_time_ms is 1235 ms, must be less than 1000 ms (src/api.bench.ts:7)',
      file: 'src/api.bench.ts',
      line: 7,
    })
  })

  test('so many digits that value and threshold differ to the eye as well', () => {
    const { message } = one(gate('a.success_rate', 'GreaterThanOrEqual', 99), [measured('a', { success_rate: 98.99999 })])
    expect(message).toContain('a.success_rate is 98.99999 %, must be at least 99 %')
  })

  test('the interval where there is one', () => {
    const { message } = one(gate('a.avg_time_ms'), [measured('a', { avg_time_ms: 50 }, { estimates: { avg_time_ms: between(49, 51) } })])
    expect(message).toBe('a.avg_time_ms is 50 ms (interval 49 ms to 51 ms), as wanted: less than 100 ms (src/api.bench.ts:7)')
  })

  test('the unit of a tracked value is its own', () => {
    const cases = [measured('rank', { value: 0.5 }, { kind: 'track', own_metrics: { value: { unit: 'documents', better: 'higher' } } })]
    expect(one(gate('rank.value', 'GreaterThan', 0.9), cases).message).toContain(
      'rank.value is 0.5 documents, must be more than 0.9 documents',
    )
  })

  test('that the generator was the limit of a throughput, whether the gate passed or not', () => {
    const cases = [measured('a', { requests_per_second: 500 }, { measurement: load('closed', 'generator') })]
    for (const threshold of [100, 1000]) {
      expect(one(gate('a.requests_per_second', 'GreaterThan', threshold), cases).message).toContain(
        'the generator was the limit, not the server: it used 99 % of its core',
      )
    }
  })
})

test('a gate on the times of a case that mostly failed says so', () => {
  const { message, outcome } = one(gate('a.p95_time_ms'), [measured('a', { p95_time_ms: 2, success_rate: 0 })])
  expect(outcome).toBe('passed')
  expect(message).toContain('as wanted: less than 100 ms; only 0 % of its requests succeeded')
})

describe('a gate whose metric is missing', () => {
  test('fails the run when blocking, and only warns when not', () => {
    const cases = [measured('a', { avg_time_ms: 1 })]
    expect(judged(gate('b.avg_time_ms'), cases).verdict).toMatchObject({ passed: false, exit_reason: 'gate' })
    expect(judged(gate('b.avg_time_ms', 'LessThan', 1, 'Warning'), cases).verdict).toMatchObject({ passed: true, exit_reason: 'ok' })
  })

  test.each<[string, string]>([
    ['serch_api.avg_time_ms', 'No case of this run has the id "serch_api"; did you mean "search_api"?'],
    ['searchApi.avg_time_ms', 'did you mean "search_api"?'],
    ['nothing.avg_time_ms', 'No case of this run has the id "nothing"'],
    ['none*.avg_time_ms', 'No case of this run matches "none*" with such a metric'],
    ['search_api.avg_tim_ms', 'search_api has no metric "avg_tim_ms"; did you mean "avg_time_ms"?'],
    ['search_api.p95', 'did you mean "p95_time_ms"?'],
    ['search_api.p95_ms', 'did you mean "p95_time_ms"?'],
    ['search_api.mean_time_ms', 'did you mean "avg_time_ms"?'],
    ['search_api.zzzzzzzzz', 'search_api has no metric "zzzzzzzzz" (src'],
    ['search_api.scaling_exponent', 'scaling_exponent is not measured for http cases such as search_api, only for scale'],
    ['search_api.memory_mb', 'memory_mb was not measured for search_api in this run (not sampled: no /proc here)'],
    ['search_api.constructor', 'search_api has no metric "constructor"'],
  ])('%s: %s', (metric, sentence) => {
    const cases = [
      measured('search_api', { avg_time_ms: 1, p95_time_ms: 2 }, { resources: [resources('server', { memory: 'no /proc here' })] }),
    ]
    const judgedGate = one(gate(metric), cases)
    expect(judgedGate).toMatchObject({ outcome: 'missing', actual: null })
    expect(judgedGate.message).toContain(sentence)
  })

  test('because the case failed, was skipped or does not apply says so', () => {
    expect(one(gate('a.avg_time_ms'), [failed('a', 'boom\nat line 1')]).message).toBe(
      'The case a failed, so it has no numbers: boom (src/api.bench.ts:7)',
    )
    expect(one(gate('a.avg_time_ms'), [unrun('skipped', 'a')]).message).toContain('The case a was skipped')
    expect(one(gate('a.avg_time_ms'), [unrun('not_applicable', 'a')]).message).toContain('not applicable here: wrk is not installed')
  })

  test('or is no number is missing too', () => {
    expect(one(gate('a.avg_time_ms'), [measured('a', { avg_time_ms: NaN })])).toMatchObject({ outcome: 'missing', actual: null })
  })

  test('because a filter left its case out does not fail the run, but what ran is judged', () => {
    const config = { ...defaultConfig, gates: [gate('a.avg_time_ms'), gate('b.avg_time_ms')] }
    const filtered = { ...calm, filtered: true }
    const verdict = judge(run([measured('a', { avg_time_ms: 1 })]), config, filtered).verdict
    expect(verdict).toMatchObject({ passed: true, exit_reason: 'ok' })
    expect(verdict.reasons[0]).toContain('No case of this run has the id "b"')
    expect(judge(run([measured('a', { avg_time_ms: 1 }), failed('b')]), config, filtered).verdict.exit_reason).toBe('failed_case')
    expect(judge(run([measured('a', { p50_time_ms: 1 })]), config, filtered).verdict.exit_reason).toBe('gate')
  })
})

describe('a gate with * in its id', () => {
  const cases = [
    measured('concurrent_users_1', { p95_time_ms: 10 }),
    measured('concurrent_users_50', { p95_time_ms: 500 }),
    measured('ranking', { value: 1 }, { kind: 'track' }),
    measured('search', { p95_time_ms: 20 }),
  ]

  test.each([
    ['concurrent_users_*', ['concurrent_users_1', 'concurrent_users_50']],
    ['*', ['concurrent_users_1', 'concurrent_users_50', 'search']],
    ['*_50', ['concurrent_users_50']],
    ['c*users*1', ['concurrent_users_1']],
    ['search*', ['search']],
    ['s*h*', ['search']],
  ])('%s judges each matching case that can have the metric', (pattern, ids) => {
    const { gates } = judged(gate(`${pattern}.p95_time_ms`), cases)
    expect(gates.map(({ metric }) => metric)).toEqual(ids.map((id) => `${id}.p95_time_ms`))
  })

  test.each(['search*search', '*x', 'sear*arch', 'c*z*1'])('%s matches nothing', (pattern) => {
    expect(one(gate(`${pattern}.p95_time_ms`), cases).outcome).toBe('missing')
  })

  test('fails by the one case that fails, and by one that failed to be measured', () => {
    const { gates, verdict } = judged(gate('*.p95_time_ms'), [...cases, failed('chat')])
    expect(gates.map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'passed', 'missing'])
    expect(verdict.exit_reason).toBe('failed_case')
  })

  test('asks nothing of a case whose processes cannot tell the metric', () => {
    const node = measured('node', { heap_mb: 20 }, { resources: [resources('server')] })
    const rust = measured('rust', {}, { resources: [resources('server', { heap: 'no Node.js process' }), resources('worker')] })
    expect(one(gate('*.heap_mb'), [node, rust])).toMatchObject({ metric: 'node.heap_mb', outcome: 'passed' })
    const other = { ...rust, identity: { ...rust.identity, id: 'go' } }
    const nothing = judged(gate('*.heap_mb'), [rust, other])
    expect(nothing.gates).toMatchObject([{ metric: '*.heap_mb', outcome: 'missing', actual: null }])
    expect(nothing.gates[0]!.message).toBe('No case that it means could tell heap_mb (not sampled: no Node.js process)')
    expect(nothing.verdict).toMatchObject({ passed: false, exit_reason: 'gate' })
  })

  test('misses a metric that should be there, whatever the generator could not tell', () => {
    const silent = measured('silent', {}, { resources: [resources('server'), resources('generator', { heap: 'no agent' })] })
    expect(judged(gate('*.heap_mb'), [silent, measured('node', { heap_mb: 20 })]).gates.map(({ outcome }) => outcome)).toEqual([
      'missing',
      'passed',
    ])
  })

  test('finds an own metric where a case has it', () => {
    const own = [...cases, measured('mine', { hits: 3 }, { own_metrics: { hits: { unit: 'count', better: 'higher' } } })]
    expect(one(gate('*.hits', 'GreaterThan', 1), own)).toMatchObject({ metric: 'mine.hits', outcome: 'passed' })
  })
})

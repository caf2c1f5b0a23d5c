import { describe, expect, test } from 'vitest'
import { judge } from '../../src/gates/judge.ts'
import type { Slo } from '../../src/model/benchmark-config.ts'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import type { Compared } from '../../src/model/run.ts'
import { failed, load, measured, resources, run, samples, unrun } from './make-case.ts'

const judged = (cases: readonly Compared[], slo: Partial<Slo> = {}) =>
  judge(run(cases), { ...defaultConfig, slo: { ...defaultConfig.slo, ...slo } }, { errors: [], interrupted: false })
const sloOf = (cases: readonly Compared[], slo: Partial<Slo> = {}) => judged(cases, slo).slo
const server = { resources: [resources('server')] }

test('all ten objectives are checked where the cases can answer them', () => {
  const slo = sloOf([
    measured('health_check', { p95_time_ms: 5, requests_per_second: 900, startup_time_ms: 800, memory_mb: 90 }, server),
    measured('search_api', { p95_time_ms: 700, requests_per_second: 100, startup_time_ms: 800, memory_mb: 95 }, server),
    measured('simple_query', { p95_time_ms: 3 }, { kind: 'function' }),
    measured('document_indexing', { avg_time_ms: 1 }, { kind: 'function' }),
    measured('resource_monitoring_idle', { cpu_percent: 1, memory_mb: 80 }, { kind: 'observe', ...server }),
    measured('resource_monitoring_load', { cpu_percent: 60, memory_mb: 120 }, { kind: 'observe', ...server }),
    measured('concurrent_users_100', { success_rate: 99.5 }, { measurement: load('users') }),
    measured('data_scale_1000000', { avg_time_ms: 9 }, { kind: 'function' }),
  ])
  expect(slo.checks.map((check) => `${check.slo} ${check.case}.${check.metric} ${check.actual}`)).toEqual([
    'max_startup_time_ms health_check.startup_time_ms 800',
    'max_api_response_time_ms health_check.p95_time_ms 5',
    'max_search_time_ms search_api.p95_time_ms 700',
    'max_search_time_ms simple_query.p95_time_ms 3',
    'max_indexing_time_per_doc_ms document_indexing.avg_time_ms 1',
    'max_memory_mb health_check.memory_mb 90',
    'max_memory_mb search_api.memory_mb 95',
    'max_memory_mb resource_monitoring_idle.memory_mb 80',
    'max_memory_mb resource_monitoring_load.memory_mb 120',
    'max_cpu_idle_percent resource_monitoring_idle.cpu_percent 1',
    'max_cpu_load_percent resource_monitoring_load.cpu_percent 60',
    'min_rps health_check.requests_per_second 900',
    'min_rps search_api.requests_per_second 100',
    'max_concurrent_users concurrent_users_100.concurrent_users 100',
    'max_data_scale data_scale_1000000.data_scale 1000000',
  ])
  expect(slo).toMatchObject({ overall_compliance: 100, violations: [], critical_violations: [], not_checked: [] })
})

test('several starts answer for the start of the server, in place of the one start of each other case', () => {
  const starts = measured(
    'startup_time',
    { value: 700, startup_time_ms: 900 },
    { kind: 'track', own_metrics: { value: { unit: 'ms', better: 'lower' } } },
  )
  const slo = sloOf([measured('health_check', { startup_time_ms: 900 }), starts])
  expect(slo.checks.map((check) => `${check.slo} ${check.case}.${check.metric} ${check.actual}`)).toEqual([
    'max_startup_time_ms startup_time.value 700',
  ])
})

describe('the percentage counts the checks made', () => {
  test('one of two http cases too slow is 50 %, not 80.8 %', () => {
    const slo = sloOf([
      measured('fast', { p95_time_ms: 100 }, { measurement: load('open') }),
      measured('slow', { p95_time_ms: 600 }, { measurement: load('open') }),
    ])
    expect(slo.overall_compliance).toBe(50)
    expect(slo.violations).toEqual([
      {
        slo: 'max_api_response_time_ms',
        metric: 'p95_time_ms',
        case: 'slow',
        limit: 500,
        actual: 600,
        met: false,
        critical: false,
        message: 'max_api_response_time_ms: slow.p95_time_ms is 600 ms, must be at most 500 ms (src/api.bench.ts:7)',
      },
    ])
  })

  test('a run without a case that answers has no percentage, and says why for each objective', () => {
    const slo = sloOf([measured('parse', { p95_time_ms: 9000, memory_mb: 9000 }, { kind: 'function', resources: [resources('worker')] })])
    expect(slo.overall_compliance).toBeNull()
    expect(slo.not_checked.map(({ slo }) => slo)).toEqual(Object.keys(defaultConfig.slo))
    expect(slo.not_checked.find(({ slo }) => slo === 'max_memory_mb')?.reason).toBe('no case of this run is on a server that was sampled')
    expect(slo.not_checked.find(({ slo }) => slo === 'max_data_scale')?.reason).toBe('no case of this run is data_scale_N')
  })

  test('a failed case answers nothing and is named', () => {
    expect(sloOf([failed('resource_monitoring_idle'), measured('a', {})]).not_checked).toContainEqual({
      slo: 'max_cpu_idle_percent',
      reason: 'resource_monitoring_idle failed',
    })
    expect(sloOf([unrun('not_applicable', 'document_indexing'), measured('a', {})]).not_checked).toContainEqual({
      slo: 'max_indexing_time_per_doc_ms',
      reason: 'document_indexing not applicable',
    })
  })
})

describe('critical is missed by more than twice', () => {
  test.each([
    [999, false, 'ok'],
    [1000, false, 'ok'],
    [1001, true, 'slo'],
  ])('a p95 of %d ms where 500 are allowed', (p95_time_ms, critical, exit_reason) => {
    const { slo, verdict } = judged([measured('a', { p95_time_ms })])
    expect(slo.critical_violations).toHaveLength(critical ? 1 : 0)
    expect(verdict).toMatchObject({ passed: !critical, exit_reason })
    expect(verdict.reasons).toHaveLength(1)
  })

  test.each([
    [5, false],
    [4.9, true],
  ])('%d requests per second where 10 are wanted', (requests_per_second, critical) => {
    expect(sloOf([measured('a', { requests_per_second })]).violations.map((check) => check.critical)).toEqual([critical])
  })
})

describe('failed answers meet no objective, however quick they are', () => {
  test.each([
    [98, false, 'ok'],
    [50, false, 'ok'],
    [49, true, 'slo'],
    [0, true, 'slo'],
  ])('a case of which %d %% succeeded', (success_rate, critical, exit_reason) => {
    const { slo, verdict } = judged([measured('a', { p95_time_ms: 1, requests_per_second: 9000, success_rate })])
    expect(slo.overall_compliance).toBe(0)
    expect(slo.violations.map((check) => [check.slo, check.critical])).toEqual([
      ['max_api_response_time_ms', critical],
      ['min_rps', critical],
    ])
    expect(slo.violations[0]!.message).toContain(
      `a.p95_time_ms is 1 ms, as wanted at most 500 ms; only ${success_rate} % of its requests succeeded`,
    )
    expect(verdict.exit_reason).toBe(exit_reason)
  })

  test('but the memory of the server is what it is', () => {
    const slo = sloOf([measured('a', { memory_mb: 90, success_rate: 0 }, server)])
    expect(slo.overall_compliance).toBe(100)
  })
})

describe('which cases answer', () => {
  test('a server start that many cases share is checked once', () => {
    const cases = [
      measured('a', { startup_time_ms: 100 }),
      measured('b', { startup_time_ms: 100 }),
      measured('c', { startup_time_ms: 7000 }),
    ]
    expect(sloOf(cases).checks.map((check) => `${check.case} ${check.met}`)).toEqual(['a true', 'c false'])
  })

  test('an open loop and users tell no throughput: they run at the rate they are asked for', () => {
    for (const model of ['open', 'users'] as const) {
      const slo = sloOf([measured('a', { requests_per_second: 1 }, { measurement: load(model) })])
      expect(slo.not_checked.find(({ slo }) => slo === 'min_rps')?.reason).toContain('no measured case that is a closed-loop http case')
    }
  })

  test('memory of the test worker is not that of the server', () => {
    const slo = sloOf([measured('a', { memory_mb: 5000 }, { resources: [resources('worker'), resources('generator')] })])
    expect(slo.checks).toEqual([])
  })

  test('an indexing time that was tracked counts in milliseconds only', () => {
    const tracked = (unit: string) =>
      measured('document_indexing', { value: 60 }, { kind: 'track', own_metrics: { value: { unit, better: 'lower' } } })
    expect(sloOf([tracked('ms')]).violations).toHaveLength(1)
    expect(sloOf([tracked('documents')]).checks).toEqual([])
  })

  test('a search by operation name is a search whatever its id', () => {
    const one = measured('my_search', { p95_time_ms: 700 })
    const slo = sloOf([{ ...one, identity: { ...one.identity, operation: 'search_api' } }])
    expect(slo.checks.map(({ slo }) => slo)).toEqual(['max_search_time_ms'])
  })
})

describe('levels of users and data', () => {
  const users = (n: number, success_rate: number) => measured(`concurrent_users_${n}`, { success_rate }, { measurement: load('users') })
  const levels = (cases: readonly Compared[]) => {
    const { checks, not_checked } = sloOf(cases, { max_concurrent_users: 50 })
    const check = checks.find(({ slo }) => slo === 'max_concurrent_users')
    return check
      ? { actual: check.actual, met: check.met, case: check.case }
      : not_checked.find(({ slo }) => slo === 'max_concurrent_users')?.reason
  }

  test.each([
    ['all kept up to the limit', [users(1, 100), users(50, 99)], { actual: 50, met: true, case: 'concurrent_users_50' }],
    ['broken below the limit', [users(10, 100), users(25, 98.9), users(50, 100)], { actual: 10, met: false, case: 'concurrent_users_25' }],
    ['broken at once', [users(1, 0)], { actual: 0, met: false, case: 'concurrent_users_1' }],
    ['broken above the limit', [users(50, 100), users(100, 20)], { actual: 50, met: true, case: 'concurrent_users_50' }],
    [
      'a failed level is a broken one',
      [users(10, 100), failed('concurrent_users_25')],
      { actual: 10, met: false, case: 'concurrent_users_25' },
    ],
    [
      'a skipped level says nothing',
      [users(50, 100), unrun('skipped', 'concurrent_users_5')],
      { actual: 50, met: true, case: 'concurrent_users_50' },
    ],
    ['not tried far enough', [users(1, 100), users(25, 100)], 'levels up to 25 were kept; 50 was not tried'],
    ['no such case', [measured('concurrent_users_many', {})], 'no case of this run is concurrent_users_N'],
  ])('%s', (_what, cases, answer) => {
    expect(levels(cases)).toEqual(answer)
  })

  test('the points of a scale case are levels', () => {
    const points = [1000, 1_000_000].map((n) => ({ n, times: samples([1]) }))
    const slo = sloOf([measured('data_scale', {}, { kind: 'scale', measurement: { type: 'scale', points } })])
    expect(slo.checks.map(({ message }) => message)).toEqual([
      'max_data_scale: data_scale up to 1000000 documents or rows were kept, as wanted at least 1000000 documents or rows (src/api.bench.ts:7)',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { judge } from '../../src/gates/judge.ts'
import { defaultConfig, type BenchmarkConfig, type Gate } from '../../src/model/benchmark-config.ts'
import { finding } from '../../src/model/finding.ts'
import type { Comparison, ExitReason, Run } from '../../src/model/run.ts'
import { headlineOf } from '../../src/report/headline.ts'
import { comparison, failed, gate, measuredFunction, runOf, sloCheck } from './run-builder.ts'
import { failingRun } from './runs.ts'

const sentence = (run: Run): string => headlineOf(run).sentence
const asGate = ({ name, metric, operator, threshold, severity }: ReturnType<typeof gate>): Gate => ({
  name,
  metric,
  operator,
  threshold,
  severity,
})

/** Judged by the judge itself, so that both count alike. */
function judged(over: Partial<Run>, config: Partial<BenchmarkConfig> = {}, filtered = false): Run {
  const run = runOf({ ...over, config: { ...defaultConfig, ...config } })
  return { ...run, ...judge(run, run.config, { errors: [], interrupted: false, filtered }) }
}

describe('the headline', () => {
  const reasons: Record<ExitReason, RegExp> = {
    ok: /^7 cases measured, nothing fails the run; 1 regression, 1 warning of a gate, 2 service objectives missed, 1 case whose change is unclear, 1 gate undecided$/,
    gate: /^2 performance gates not met$/,
    slo: /^2 service objectives missed$/,
    regression: /^1 case slower than allowed, 1 case of the baseline missing$/,
    failed_case: /^1 case failed to run$/,
    infrastructure: /nothing was judged$/,
    interrupted: /^the run was stopped; 7 cases measured until then$/,
  }
  test.each(Object.entries(reasons))('of %s', (exit_reason, wanted) => {
    const verdict = { passed: exit_reason === 'ok', exit_reason: exit_reason as ExitReason, reasons: [] }
    expect(sentence({ ...failingRun, verdict })).toMatch(wanted)
  })

  test('of a stored run without any objective is no count of nought', () => {
    expect(sentence(runOf({ verdict: { passed: false, exit_reason: 'slo', reasons: [] } }))).toBe('nothing could be validated')
  })
})

describe('the headline counts what the judge counted', () => {
  const around = measuredFunction('parse', 1, { estimates: { avg_time_ms: { point: 1, low: 0.9, high: 1.1, confidence: 0.95 } } })
  const onParse = asGate(gate('failed', { metric: 'parse.avg_time_ms', threshold: 1.05 }))

  test('a strict run that fails by an undecided gate', () => {
    expect(sentence(judged({ cases: [around] }, { gates: [onParse], strict: true }))).toBe('1 performance gate not met')
  })

  test('a part of the cases, without the gates on cases that were not asked for', () => {
    const others = Array.from({ length: 20 }, (_, at) => ({ ...onParse, metric: `other_${at}.avg_time_ms` }))
    const run = judged({ cases: [around] }, { gates: [{ ...onParse, threshold: 0.5 }, ...others] }, true)
    expect(sentence(run)).toBe('1 performance gate not met')
  })

  const slower = (id: string, over: Partial<Comparison> = {}) =>
    measuredFunction(id, 1, { comparison: comparison('regressed', { effect_percent: 20, ...over }) })
  const waived = { findings: [finding('regression_waived', { until: '2026-12-31', reason: 'known' })] }
  const gone = [{ id: 'gone', comparison: comparison('missing') }]

  test('regressions without those that are waived', () => {
    expect(sentence(judged({ cases: [slower('a'), slower('b', waived), slower('c', waived)] }))).toBe('1 case slower than allowed')
  })

  test('missing cases, unless a part of the cases was asked for', () => {
    expect(sentence(judged({ cases: [slower('a')], missing: gone }))).toBe('1 case slower than allowed, 1 case of the baseline missing')
    expect(sentence(judged({ cases: [slower('a')], missing: gone }, {}, true))).toBe('1 case slower than allowed')
  })

  test('what is no time got worse, not slower', () => {
    expect(sentence(judged({ cases: [slower('a', { metric: 'memory_mb' })] }))).toBe('1 case worse than allowed')
  })

  test('a case of the baseline that failed, where two stored runs are compared', () => {
    const cases = [failed('broken', { comparison: comparison('missing', { fails: false }) } as never)]
    expect(sentence(runOf({ cases, verdict: { passed: false, exit_reason: 'regression', reasons: [] } }))).toBe(
      '1 case of the baseline failed',
    )
  })
})

describe('a pass says what it rests on', () => {
  const one = measuredFunction('parse', 1)
  const compared = (verdict: Comparison['verdict'], over: Partial<Comparison> = {}) =>
    measuredFunction(`is_${verdict}`, 1, { comparison: comparison(verdict, over) })

  test('without gate, objective and comparison nothing was judged', () => {
    expect(sentence(judged({ cases: [one] }))).toBe('1 case measured, nothing was judged')
    expect(sentence(judged({ cases: [compared('new')] }))).toBe('1 case measured, nothing was judged')
  })

  test('a gate that passed, an objective that was met or a case that did not change is something', () => {
    const good = '1 case measured, nothing stands against a release'
    expect(sentence(runOf({ cases: [one], gates: [gate('passed')] }))).toBe(good)
    expect(sentence(judged({ cases: [compared('unchanged')] }))).toBe(good)
    const slo = { overall_compliance: 100, checks: [sloCheck()], violations: [], critical_violations: [], not_checked: [] }
    expect(sentence(runOf({ cases: [one], slo }))).toBe(good)
  })

  test('a gate on a case that was not asked for is nothing', () => {
    const absent = gate('missing', { reason: 'no_such_case', fails: false })
    expect(sentence(runOf({ cases: [one], gates: [absent] }))).toBe('1 case measured, nothing was judged')
  })

  test('comparisons that are all unclear are counted, and judge nothing', () => {
    expect(sentence(judged({ cases: [compared('inconclusive')] }))).toBe(
      '1 case measured, nothing was judged; 1 case whose change is unclear',
    )
  })

  test('unclear cases and undecided gates are counted beside what passed', () => {
    const run = runOf({ cases: [compared('unchanged'), compared('inconclusive')], gates: [gate('undecided')] })
    expect(sentence(run)).toBe('2 cases measured, nothing stands against a release; 1 case whose change is unclear, 1 gate undecided')
  })

  test('what is waived or only reported does not read like a release', () => {
    const waived = { findings: [finding('regression_waived', { until: '2026-12-31', reason: 'known' })] }
    expect(sentence(judged({ cases: [compared('regressed', waived)] }))).toBe('1 case measured, nothing fails the run; 1 waived regression')
    expect(sentence(judged({ cases: [compared('regressed')] }, { fail_on_regression: false }))).toBe(
      '1 case measured, nothing fails the run; 1 regression',
    )
    const warning = gate('failed', { severity: 'Warning' })
    expect(sentence(runOf({ cases: [one], gates: [warning] }))).toBe('1 case measured, nothing fails the run; 1 warning of a gate')
  })
})

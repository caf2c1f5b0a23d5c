import { describe, expect, test } from 'vitest'
import { judge, type Circumstances } from '../../src/gates/judge.ts'
import type { BenchmarkConfig, Gate } from '../../src/model/benchmark-config.ts'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import { finding } from '../../src/model/finding.ts'
import type { Compared, ComparedRun, Comparison, ComparisonVerdict } from '../../src/model/run.ts'
import { failed, measured, run, unrun } from './make-case.ts'

const compared = (verdict: ComparisonVerdict): Comparison => ({
  verdict,
  metric: 'p50_time_ms',
  base: 100,
  head: 130,
  effect_percent: 30,
  interval_percent: [20, 40],
  threshold_percent: 5,
  against: 'baseline.json of 2026-05-01',
  runs: 10,
  findings: [],
})
const good = measured('good', { p95_time_ms: 10 })
const regressed: Compared = { ...measured('slow', { p50_time_ms: 130 }), comparison: compared('regressed') }
const gateFailing: Gate = { name: 'tight', metric: 'good.p95_time_ms', operator: 'LessThan', threshold: 1, severity: 'Blocking' }
const gone = [{ id: 'gone', comparison: compared('missing') }]

function verdictOf(
  compared: ComparedRun,
  { config = {}, ...circumstances }: Partial<Circumstances> & { config?: Partial<BenchmarkConfig> } = {},
) {
  return judge(compared, { ...defaultConfig, ...config }, { errors: [], interrupted: false, ...circumstances }).verdict
}

test('a run with nothing against it is ok and has no reasons', () => {
  expect(verdictOf(run([good]))).toEqual({ passed: true, exit_reason: 'ok', reasons: [], reason_codes: [] })
})

describe('the exit reason is the worst one, and all reasons are listed worst first', () => {
  const everything = {
    interrupted: true,
    errors: [{ message: 'src/x.bench.ts does not load' }],
    infrastructure: ['The worker died.'],
    config: { gates: [gateFailing], slo: { ...defaultConfig.slo, max_api_response_time_ms: 1 } },
  }
  const cases = [good, failed('broken'), regressed]

  test('all at once', () => {
    const { passed, exit_reason, reasons } = verdictOf(run(cases, { missing: gone }), everything)
    expect({ passed, exit_reason }).toEqual({ passed: false, exit_reason: 'interrupted' })
    expect(reasons.map((reason) => reason.slice(0, 40))).toEqual([
      'The run was interrupted; what was measur',
      'The worker died.',
      'Outside of the cases something failed: s',
      'broken failed: expected 200, got 500 (sr',
      'Gate "tight" failed: good.p95_time_ms is',
      'max_api_response_time_ms: good.p95_time_',
      'slow.p50_time_ms rose by 30.0 % from 100',
      'gone has a value in baseline.json of 202',
    ])
  })

  test.each([
    ['infrastructure', { ...everything, interrupted: false }, cases],
    ['failed_case', { config: everything.config }, cases],
    ['gate', { config: everything.config }, [good, regressed]],
    ['slo', { config: { slo: everything.config.slo } }, [good, regressed]],
    ['regression', {}, [good, regressed]],
  ] as const)('%s once the worse ones are gone', (reason, circumstances, cases) => {
    expect(verdictOf(run(cases), circumstances)).toMatchObject({ passed: false, exit_reason: reason })
  })
})

describe('a run that measured nothing is not a pass', () => {
  test.each([
    [[], 'Nothing was measured: the run had no case.'],
    [
      [unrun('skipped', 'a'), unrun('not_applicable', 'b'), unrun('not_applicable', 'c')],
      'Nothing was measured: 1 skipped, 2 not applicable here.',
    ],
  ])('%j', (cases, sentence) => {
    expect(verdictOf(run(cases))).toEqual({
      passed: false,
      exit_reason: 'infrastructure',
      reasons: [sentence],
      reason_codes: ['infrastructure'],
    })
  })

  test('where every case failed, the failures are the reason', () => {
    expect(verdictOf(run([failed('a'), failed('b')]))).toMatchObject({ exit_reason: 'failed_case', reasons: { length: 2 } })
  })
})

describe('regressions', () => {
  test('say how much, from what to what, and against what', () => {
    expect(verdictOf(run([regressed])).reasons).toEqual([
      'slow.p50_time_ms rose by 30.0 % from 100 ms to 130 ms against baseline.json of 2026-05-01 (allowed: 5 %, interval 20.0 to 40.0 %).',
    ])
  })

  test('fail only with fail_on_regression, and are said in any case', () => {
    const verdict = verdictOf(run([regressed], { missing: gone }), { config: { fail_on_regression: false } })
    expect(verdict).toMatchObject({ passed: true, exit_reason: 'ok', reasons: { length: 2 } })
  })

  test('missing cases of the baseline fail a whole run and are only reported in a filtered one', () => {
    expect(verdictOf(run([good], { missing: gone }))).toMatchObject({ passed: false, exit_reason: 'regression' })
    const filtered = verdictOf(run([good], { missing: gone }), { filtered: true })
    expect(filtered).toMatchObject({ passed: true, exit_reason: 'ok' })
    expect(filtered.reasons).toEqual(['gone has a value in baseline.json of 2026-05-01 and is not in this run: it could not be compared.'])
  })

  test('several cases that were not asked for are one sentence', () => {
    const { reasons } = verdictOf(run([good], { missing: [...gone, ...gone, ...gone] }), { filtered: true })
    expect(reasons).toEqual(['3 cases of baseline.json of 2026-05-01 were not asked for, and not compared.'])
  })

  test('a case of the baseline that is skipped is missing; one that cannot run on this machine is only reported', () => {
    expect(verdictOf(run([good, unrun('skipped', 'a', compared('missing'))])).exit_reason).toBe('regression')
    expect(verdictOf(run([good, unrun('not_applicable', 'a', compared('missing'))]))).toMatchObject({
      passed: true,
      reasons: { length: 1 },
    })
  })

  test('a case whose requests fail now is missing, and fails', () => {
    const failing: Compared = { ...measured('a', { p95_time_ms: 1, success_rate: 90 }), comparison: compared('missing') }
    expect(verdictOf(run([failing])).exit_reason).toBe('regression')
    expect(verdictOf(run([failing])).reasons[0]).toBe(
      'a has a value in baseline.json of 2026-05-01 and now only 90 % of its requests succeeded: it could not be compared.',
    )
  })

  test.each(['improved', 'unchanged', 'inconclusive', 'new'] as const)('%s passes', (verdict) => {
    expect(verdictOf(run([{ ...good, comparison: compared(verdict) }])).passed).toBe(true)
  })
})

test('reasons have codes, so that no report knows them by their words', () => {
  const missing: Gate = { name: 'g', metric: 'nobody.avg_time_ms', operator: 'LessThan', threshold: 1, severity: 'Blocking' }
  const { reasons, reason_codes } = verdictOf(run([good]), { config: { gates: [missing] }, filtered: true })
  expect([reasons.length, reason_codes]).toEqual([1, ['gate_without_case']])
})

describe('a baseline that cannot be used', () => {
  const findings = [finding('baseline_unusable', { path: 'baseline.json', reason: 'it is cut off' })]

  test('is never a silent pass: it fails where regressions would', () => {
    expect(verdictOf(run([good], { findings }))).toEqual({
      passed: false,
      exit_reason: 'infrastructure',
      reasons: ['The baseline baseline.json cannot be used, so nothing was compared: it is cut off.'],
      reason_codes: ['infrastructure'],
    })
  })

  test('and is said where regressions do not fail', () => {
    expect(verdictOf(run([good], { findings }), { config: { fail_on_regression: false } })).toMatchObject({
      passed: true,
      reasons: { length: 1 },
    })
  })
})

test('hundreds of reasons of one kind are counted, not listed', () => {
  const { reasons } = verdictOf(run(Array.from({ length: 300 }, (_, i) => failed(`case_${i}`))))
  expect(reasons).toHaveLength(21)
  expect(reasons.at(-1)).toBe('And 280 more of this kind.')
})

test('hostile names and messages cannot act on a terminal', () => {
  const { reasons } = verdictOf(run([failed('a', '\u001B[2Jgone\u202E')]))
  expect(reasons[0]).toContain('\\u{1b}[2Jgone\\u{202e}')
})

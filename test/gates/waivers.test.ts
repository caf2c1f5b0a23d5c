import { describe, expect, test } from 'vitest'
import { decide } from '../../src/gates/verdict.ts'
import { parseBenchmarkConfig } from '../../src/gates/parse-config.ts'
import { waive } from '../../src/gates/waivers.ts'
import { defaultConfig, type Waiver } from '../../src/model/benchmark-config.ts'
import type { Compared, Comparison, ComparisonVerdict } from '../../src/model/run.ts'
import { measured, run } from './make-case.ts'

const comparison = (verdict: ComparisonVerdict): Comparison => ({
  verdict,
  metric: 'p50_time_ms',
  base: 100,
  head: 130,
  effect_percent: 30,
  threshold_percent: 5,
  against: 'baseline.json',
  runs: 10,
  findings: [],
})
const caseWith = (id: string, verdict: ComparisonVerdict): Compared => ({
  ...measured(id, { p50_time_ms: 130 }),
  comparison: comparison(verdict),
})
const waiver = (id: string, until = '2026-12-31'): Waiver => ({ case: id, until, reason: 'The new index is worth it.' })
const noSlo = { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] }
const noon = Date.parse('2026-12-31T12:00:00Z')

function judged(compared: Parameters<typeof waive>[0], waivers: readonly Waiver[], { at = noon, partial = false } = {}) {
  const waived = waive(compared, waivers, { started_at: at, partial })
  return { waived, verdict: decide(waived, defaultConfig, [], noSlo, { errors: [], interrupted: false }) }
}
const codes = ({ findings }: { findings: readonly { code: string }[] }): string[] => findings.map(({ code }) => code)

describe('a waiver', () => {
  test('keeps a known regression from failing the run, and lets nobody overlook it', () => {
    const { waived, verdict } = judged(run([caseWith('search_fuzzy', 'regressed'), caseWith('other', 'unchanged')]), [waiver('search_*')])
    expect(verdict.passed).toBe(true)
    expect(verdict.reasons).toEqual([
      'search_fuzzy.p50_time_ms rose by 30.0 % from 100 ms to 130 ms against baseline.json (allowed: 5 %). Waived until 2026-12-31: The new index is worth it.',
    ])
    expect(waived.cases[0]?.comparison?.verdict).toBe('regressed')
    expect(codes(waived.cases[0]?.comparison ?? { findings: [] })).toEqual(['regression_waived'])
    expect(codes(waived.cases[1]?.comparison ?? { findings: [] })).toEqual([])
  })

  test('is for its cases alone', () => {
    const { verdict } = judged(run([caseWith('search', 'regressed'), caseWith('chat', 'regressed')]), [waiver('search')])
    expect(verdict).toMatchObject({ passed: false, exit_reason: 'regression' })
    expect(verdict.reasons[0]).toMatch(/^chat\./)
    expect(verdict.reason_codes).toEqual(['regression', 'comparison_remark'])
  })

  test('holds for a case that is gone', () => {
    const missing = [{ id: 'gone', comparison: comparison('missing') }]
    expect(judged(run([caseWith('a', 'unchanged')], { missing }), []).verdict.passed).toBe(false)
    expect(judged(run([caseWith('a', 'unchanged')], { missing }), [waiver('gone')]).verdict.passed).toBe(true)
  })

  test('ends with its day, when that is over everywhere', () => {
    const cases = run([caseWith('search', 'regressed')])
    const at = (time: string) => judged(cases, [waiver('search')], { at: Date.parse(time) })
    expect(at('2027-01-01T11:59:59Z').verdict.passed).toBe(true)
    const after = at('2027-01-01T12:00:00Z')
    expect(after.verdict.passed).toBe(false)
    expect(after.verdict.reasons[0]).toMatch(/Its waiver ended with 2026-12-31\.$/)
    expect(codes(after.waived.cases[0]?.comparison ?? { findings: [] })).toEqual(['waiver_expired'])
  })

  test('that holds outweighs one that is over', () => {
    const { verdict } = judged(run([caseWith('search', 'regressed')]), [waiver('search', '2020-01-01'), waiver('*')])
    expect(verdict.passed).toBe(true)
  })

  test('for a case that there is not is a finding, unless cases were left out on purpose', () => {
    const cases = run([caseWith('search', 'unchanged')])
    expect(judged(cases, [waiver('serch')]).waived.findings).toEqual([
      { code: 'waiver_without_case', facts: { case: 'serch', did_you_mean: 'search' } },
    ])
    expect(judged(cases, [waiver('serch')], { partial: true }).waived.findings).toEqual([])
  })
})

describe('in the config', () => {
  const parse = (waivers: unknown) => parseBenchmarkConfig(JSON.stringify({ waivers }), 'benchmark-config.json')

  test('needs a case, a day and a reason', () => {
    expect(parse([waiver('a')]).waivers).toEqual([waiver('a')])
    expect(() => parse([{ ...waiver('a'), until: '31.12.2026' }])).toThrow(/until.*must be a day such as "2026-12-31"/s)
    expect(() => parse([{ ...waiver('a'), until: '2026-02-30' }])).toThrow(/must be a day/)
    expect(() => parse([{ ...waiver('a'), reason: '  ' }])).toThrow(/reason.*must be a reason/s)
    expect(() => parse([{ case: 'a', until: '2026-12-31' }])).toThrow(/reason/)
    expect(() => parse([{ ...waiver('a'), untill: 'x' }])).toThrow(/untill/)
  })
})

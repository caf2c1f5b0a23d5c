import { describe, expect, test } from 'vitest'
import { judge, type Circumstances } from '../../src/gates/judge.ts'
import { defaultConfig, type BenchmarkConfig, type Gate } from '../../src/model/benchmark-config.ts'
import { finding } from '../../src/model/finding.ts'
import type { Compared, ComparedRun, Comparison, ComparisonVerdict } from '../../src/model/run.ts'
import { failed, measured, run, unrun } from './make-case.ts'

const comparison = (verdict: ComparisonVerdict, findings: Comparison['findings'] = []): Comparison => ({
  verdict,
  metric: 'avg_time_ms',
  threshold_percent: 5,
  against: 'baseline.json',
  runs: 10,
  findings,
})
const gate = (metric: string, severity: Gate['severity'] = 'Blocking'): Gate => ({
  name: metric,
  metric,
  operator: 'LessThan',
  threshold: 100,
  severity,
})
const gates = ['over', 'around', 'under', 'gone'].map((id) => gate(`${id}.avg_time_ms`))
const cases: Compared[] = [
  measured('over', { avg_time_ms: 130 }),
  measured('around', { avg_time_ms: 99 }, { estimates: { avg_time_ms: { point: 99, low: 90, high: 108, confidence: 0.95 } } }),
  measured('under', { avg_time_ms: 70 }),
]

function judged(compared: ComparedRun, config: Partial<BenchmarkConfig> = {}, circumstances: Partial<Circumstances> = {}) {
  return judge(compared, { ...defaultConfig, ...config }, { errors: [], interrupted: false, ...circumstances })
}

describe('each gate says whether it fails the run', () => {
  const failing = (config: Partial<BenchmarkConfig>, filtered = false): string[] =>
    judged(run(cases), { gates, ...config }, { filtered })
      .gates.filter(({ fails }) => fails)
      .map(({ metric }) => metric)

  test.each([
    ['the failed and the missing one', failing({}), ['over.avg_time_ms', 'gone.avg_time_ms']],
    ['the undecided one too where it is strict', failing({ strict: true }), ['over.avg_time_ms', 'around.avg_time_ms', 'gone.avg_time_ms']],
    ['not one about a case that was not asked for', failing({}, true), ['over.avg_time_ms']],
    ['no warning', failing({ gates: [gate('over.avg_time_ms', 'Warning')] }), []],
  ])('%s', (_, seen, wanted) => {
    expect(seen).toEqual(wanted)
  })
})

describe('each regression and each missing case says whether it fails the run', () => {
  const waived = [finding('regression_waived', { until: '2026-12-31', reason: 'known' })]
  const compared = run(
    [
      { ...measured('slower', {}), comparison: comparison('regressed') },
      { ...measured('waived', {}), comparison: comparison('regressed', waived) },
      { ...measured('same', {}), comparison: comparison('unchanged') },
      unrun('skipped', 'skipped', comparison('missing')),
      unrun('not_applicable', 'elsewhere', comparison('missing')),
      { ...failed('broken'), comparison: comparison('missing') },
    ],
    { missing: [{ id: 'gone', comparison: comparison('missing') }] },
  )
  const marks = (config: Partial<BenchmarkConfig> = {}, filtered = false) => {
    const { cases, missing } = judged(compared, config, { filtered })
    const all = [...cases.map(({ identity, comparison }) => [identity.id, comparison?.fails]), ...missing.map(({ id, comparison }) => [id, comparison.fails])] // prettier-ignore
    return Object.fromEntries(all)
  }

  test('of a whole run', () => {
    expect(marks()).toEqual({ slower: true, waived: false, same: undefined, skipped: true, elsewhere: false, broken: false, gone: true })
  })

  test('of a part of the cases, where what was left out fails nothing', () => {
    expect(marks({}, true)).toMatchObject({ slower: true, skipped: false, gone: false })
  })

  test('and none does where regressions are only reported', () => {
    expect(Object.values(marks({ fail_on_regression: false }))).not.toContain(true)
  })
})

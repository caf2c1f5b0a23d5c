import { describe, expect, test } from 'vitest'
import { terminalSummary } from '../../reporters/index.ts'
import { judge } from '../../src/gates/judge.ts'
import { viewOf } from '../../src/report/view.ts'
import { comparison, gate, measuredFunction, runOf } from './run-builder.ts'

const absent = (id: string) =>
  gate('missing', {
    name: `Gate of ${id}`,
    metric: `${id}.avg_time_ms`,
    reason: 'no_such_case',
    message: `No case of this run has the id "${id}"`,
  })
const reasons = ['a', 'b'].map((id) => `Gate "Gate of ${id}" missing: No case of this run has the id "${id}"`)
const reason_codes = ['gate_without_case', 'gate_without_case'] as const
const gates = [gate('passed', { metric: 'parse.avg_time_ms' }), absent('a'), absent('b')]

describe('gates on cases that were not asked for', () => {
  test('are counted in one line where the run passed without them', () => {
    const view = viewOf(
      runOf({ cases: [measuredFunction('parse', 1)], gates, verdict: { passed: true, exit_reason: 'ok', reasons, reason_codes } }),
    )
    expect(view.gatesText).toBe('1 of 1 passed')
    expect(view.verdict.reasons).toEqual(['2 gates are about cases that this run does not have'])
    const text = terminalSummary(view, { columns: 80, color: false })
    expect(text).toContain('… 2 about cases that this run does not have')
    expect(text).not.toContain('Gate of a')
  })

  test('are counted in one line too where the run failed for what was asked for', () => {
    const over = gate('failed', { name: 'Parser budget', metric: 'parse.avg_time_ms' })
    const judged = [over, ...gates].map((one) => ({ ...one, fails: one === over }))
    const verdict = { passed: false, exit_reason: 'gate', reasons: ['over', ...reasons], reason_codes: ['gate', ...reason_codes] } as const
    const view = viewOf(runOf({ cases: [measuredFunction('parse', 1)], gates: judged, verdict }))
    expect(view.verdict.sentence).toBe('1 performance gate not met')
    expect(view.gatesText).toBe('1 of 2 passed')
    expect(view.verdict.reasons).toEqual(['over', '2 gates are about cases that this run does not have'])
    expect(view.gates.filter(({ absent }) => !absent).map(({ name }) => name)).not.toContain('Gate of a')
  })

  test('are told one by one where the run failed for them', () => {
    const view = viewOf(
      runOf({
        cases: [measuredFunction('parse', 1)],
        gates,
        verdict: { passed: false, exit_reason: 'gate', reasons, reason_codes: ['gate', 'gate'] },
      }),
    )
    expect(view.gatesText).toBe('1 of 3 passed')
    expect(view.verdict.reasons).toEqual(reasons)
    expect(terminalSummary(view, { columns: 80, color: false })).toContain('Gate of a')
  })
})

describe('cases of the baseline that were not asked for', () => {
  const missing = ['a', 'b'].map((id) => ({ id, comparison: comparison('missing') }))
  const seen = (filtered: boolean) => {
    const run = runOf({ cases: [measuredFunction('parse', 1)], missing })
    return viewOf({ ...run, ...judge(run, run.config, { errors: [], interrupted: false, filtered }) })
  }

  test('are no missing cases, and are told in one line', () => {
    const { missing, counts, verdict } = seen(true)
    expect([missing, counts.map(({ word }) => word)]).toEqual([[], ['measured']])
    expect(verdict.reasons).toEqual([expect.stringMatching(/^2 cases of .* were not asked for, and not compared\.$/)])
  })

  test('are missing in a whole run', () => {
    const { missing, counts } = seen(false)
    expect([missing.map(({ id }) => id), counts.map(({ word, count }) => [word, count])]).toEqual([['a', 'b'], [['missing', 2], ['measured', 1]]]) // prettier-ignore
  })
})

import { describe, expect, test } from 'vitest'
import { terminalSummary } from '../../reporters/index.ts'
import { judge } from '../../src/gates/judge.ts'
import { defaultConfig, type Gate } from '../../src/model/benchmark-config.ts'
import { finding, type Finding } from '../../src/model/finding.ts'
import type { Comparison, ExitReason, Run } from '../../src/model/run.ts'
import type { Recommendation } from '../../src/report/recommendation.ts'
import { viewOf } from '../../src/report/view.ts'
import { comparison, gate, measuredFunction, runOf } from './run-builder.ts'

const told = (over: Partial<Run>): readonly Recommendation[] => viewOf(runOf(over)).recommendations
const failedFor = (exit_reason: ExitReason): Run['verdict'] => ({ passed: false, exit_reason, reasons: [] })
const withFindings = (id: string, ...findings: Finding[]) => measuredFunction(id, 1, { findings })
const compared = (id: string, verdict: Comparison['verdict'], over: Partial<Comparison> = {}) =>
  measuredFunction(id, 1, { comparison: comparison(verdict, over) })
const leak = (mb_per_minute: number): Finding =>
  finding('leak', { mb_per_minute, low: mb_per_minute / 2, high: mb_per_minute * 2, points: 12 })

describe('one remedy for several cases', () => {
  test('has the figures of the worst, says whose they are, and names the worst first', () => {
    const [one] = told({ cases: [withFindings('A', leak(0.1)), withFindings('B', leak(50))] })
    expect(one?.seen).toMatch(/grew by 50 MB\/min .* This is B, the worst of 2\.$/)
    expect(one?.cases.map(({ name }) => name)).toEqual(['B', 'A'])
  })

  test('says of which case it speaks where none is worse', () => {
    const getter = (growth: number): Finding => finding('debugger_attached', { what: growth > 1 ? 'profiler' : 'coverage' })
    const all = told({ cases: [withFindings('A', getter(1)), withFindings('B', getter(2))] })
    // Two things were attached, with a remedy each.
    expect(all.map(({ seen, cases }) => [seen, cases.length])).toEqual([
      ['A coverage was attached.', 1],
      ['A profiler was attached.', 1],
    ])
    const sampled = (checked: number): Finding => finding('checks_sampled', { checked, responses: 1000 })
    const [one] = told({ cases: [withFindings('A', sampled(100)), withFindings('B', sampled(200))] })
    expect(one?.seen).toMatch(/^The check read 100 .* This is A, one of 2\.$/)
  })

  test('says nothing of that where all have the same figures', () => {
    const [one] = told({ cases: [withFindings('A', leak(2)), withFindings('B', leak(2))] })
    expect(one?.seen).not.toContain('This is')
  })

  test('counts findings of the run that are alike', () => {
    const open = (name: string): Finding => finding('undecided_gate', { gate: name, low: 1, high: 3, threshold: 2, unit: 'ms' })
    const [one] = told({ findings: [open('a'), open('b'), open('c')] })
    expect(one?.seen).toBe('Gate a is undecided: the interval 1.00 – 3.00 ms holds the threshold 2 ms. And 2 more like this.')
  })
})

describe('what failed the run comes first, with what to do', () => {
  test('a regression, before any finding', () => {
    const slow = measuredFunction('slow', 1, {
      findings: [leak(3)],
      comparison: comparison('regressed', { base: 1, head: 1.3, effect_percent: 30, interval_percent: [28, 32] }),
    })
    const all = told({ cases: [slow], verdict: failedFor('regression') })
    expect(all.map(({ code }) => code)).toEqual(['regression', 'leak'])
    expect(all[0]).toMatchObject({ seen: 'avg_time_ms went from 1 ms to 1.3 ms: +30.0 % [+28.0, +32.0].', cases: [{ id: 'slow' }] })
    expect(all[0]?.todo).toContain('vitest-perf against')
  })

  test('a missing case by its name', () => {
    const missing = ['gone', 'gone_too'].map((id) => ({ id, comparison: comparison('missing') }))
    const [one] = told({ missing, verdict: failedFor('regression') })
    expect(one?.seen).toMatch(/^gone and 1 more have values in .* and none in this run\.$/)
  })

  test('a gate, by whether its case changed', () => {
    const config: Gate = { name: 'budget', metric: '*.avg_time_ms', operator: 'LessThan', threshold: 0.5, severity: 'Blocking' }
    const advised = (verdict: Comparison['verdict']): string[] => {
      const run = runOf({ cases: [compared('a', verdict)], config: { ...defaultConfig, gates: [config] } })
      const judged = { ...run, ...judge(run, run.config, { errors: [], interrupted: false }) }
      return viewOf(judged).recommendations.map(({ code, todo }) => `${code}: ${todo}`)
    }
    expect(advised('unchanged')).toEqual(['gate_not_met: Make the case better, or set the gate to what it can keep.'])
    expect(advised('new')[0]).toMatch(/^gate_not_met: Compare with a version that met it/)
    // One cause, one remedy.
    expect(advised('regressed')).toEqual([expect.stringMatching(/^regression: /)])
  })

  test('a gate without a figure', () => {
    const missing = gate('missing', { name: 'Search', metric: 'serch.avg_time_ms', reason: 'no_such_case' })
    expect(told({ gates: [missing], verdict: failedFor('gate') })[0]).toMatchObject({ code: 'gate_without_figure' })
    // What an interrupted run did not come to is not misspelt.
    expect(told({ gates: [missing], verdict: failedFor('interrupted') })).toEqual([])
    expect(told({ gates: [{ ...missing, fails: false }], verdict: failedFor('gate') })).toEqual([])
  })

  test('nothing that is waived', () => {
    const findings = [finding('regression_waived', { until: '2026-12-31', reason: 'known' })]
    const all = told({ cases: [compared('a', 'regressed', { findings, fails: false })], verdict: failedFor('gate') })
    expect(all.map(({ code }) => code)).toEqual(['regression_waived'])
  })
})

describe('a resource that was full', () => {
  const bottleneck = (full: boolean): Run =>
    runOf({
      cases: [
        withFindings(
          'users',
          finding('bottleneck', { resource: "the server's event loop", users: 10, percent: full ? 98 : 60, full, next: '' }),
        ),
      ],
    })
  const terminal = (run: Run): string => terminalSummary(viewOf(run), { columns: 100, color: false })

  test('is told in the terminal', () => {
    expect(terminal(bottleneck(true))).toContain("With 10 users the server's event loop was 98 % busy")
  })

  test('one that was not is a note', () => {
    expect(terminal(bottleneck(false))).not.toContain('event loop')
    expect(viewOf(bottleneck(false)).recommendations.map(({ weight }) => weight)).toEqual(['note'])
  })
})

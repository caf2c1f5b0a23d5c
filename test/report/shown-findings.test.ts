import { describe, expect, test } from 'vitest'
import { finding } from '../../src/model/finding.ts'
import type { Finding } from '../../src/model/finding.ts'
import { viewOf } from '../../src/report/view.ts'
import { gate, measuredFunction, measuredLoad, runOf } from './run-builder.ts'

const tail = (percentile: string): Finding => finding('few_for_tail', { percentile, samples: 100, wanted: 299 })
const codesOf = (run: Parameters<typeof runOf>[0]): string[] => viewOf(runOf(run)).recommendations.map(({ code }) => code)

describe('a finding is shown where somebody can act on it', () => {
  test('few values for a tail that nobody judges are no news', () => {
    expect(codesOf({ cases: [measuredFunction('parse', 1, { findings: [tail('p95'), tail('p99')] })] })).toEqual([])
    expect(codesOf({ cases: [measuredLoad('api', 1, { findings: [tail('p99.9')] })] })).toEqual([])
  })

  test('they are for a tail with a gate, and for the p95 of a load', () => {
    const gates = [gate('passed', { metric: 'parse.p99_time_ms' })]
    expect(codesOf({ cases: [measuredFunction('parse', 1, { findings: [tail('p99')] })], gates })).toEqual(['few_for_tail'])
    expect(codesOf({ cases: [measuredLoad('api', 1, { findings: [tail('p95')] })] })).toEqual(['few_for_tail'])
  })

  test('a late schedule is told once, with what it means for the figure', () => {
    const late = finding('late_sends', { late: 54, planned: 250, median_us: 286 })
    const ceiling = finding('generator_ceiling', { ceiling: 'schedule', reason: 'requests were late', cpu_percent: 5, utilisation: 0.05 })
    expect(codesOf({ cases: [measuredLoad('api', 1, { findings: [late, ceiling] })] })).toEqual(['generator_ceiling'])
    expect(codesOf({ cases: [measuredLoad('api', 1, { findings: [late] })] })).toEqual(['late_sends'])
  })

  test('what asks for nothing stays with its case', () => {
    const removed = finding('pairs_removed', { removed: 2, of: 24, covariate: 'steal_percent', value: 12, usual: 1 })
    const { recommendations, cases } = viewOf(runOf({ cases: [measuredFunction('parse', 1, { findings: [removed] })] }))
    expect(recommendations).toEqual([])
    expect(cases[0]?.findings.map(({ code }) => code)).toEqual(['pairs_removed'])
  })
})

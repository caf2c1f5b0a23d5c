import { describe, expect, test } from 'vitest'
import { historyFindings, withTrendFindings } from '../../src/baseline/trend-findings.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { normal } from '../../bench/self/noise-models.ts'
import { finding } from '../../src/model/finding.ts'
import type { Compared } from '../../src/model/run.ts'
import type { TrendReport } from '../../src/model/trend.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { measuredFunction } from '../report/run-builder.ts'

interface Made {
  readonly metric?: string
  readonly unit?: string
  readonly factor: (run: number) => number
}

interface Wishes {
  readonly runs?: number
  readonly releases?: Readonly<Record<number, string>>
}

/** One case on one machine, around 10 with 1 % of noise. */
function reportOf(made: readonly Made[], { runs = 60, releases }: Wishes = {}): TrendReport {
  const series = made.map(({ metric = 'p10_time_ms', unit = 'ms', factor }, at) => {
    const random = seededRandom(at + 1)
    const values = Array.from({ length: runs }, (_, run) => 10 * factor(run) * Math.exp(0.01 * normal(random)))
    return { case: 'search', metric, unit, better: 'lower' as const, from: 0, values }
  })
  const heads = Array.from({ length: runs }, (_, run) => ({
    run: `run ${run}`, at: new Date(Date.UTC(2026, 0, 1 + run)).toISOString(), commit: String(run), branch: 'main', fingerprint: 'f1', machine: 'a machine',
    ...(releases?.[run] === undefined ? {} : { release: releases[run] }),
  })) // prettier-ignore
  const report = trendReport({
    machines: [{ fingerprint: 'f1', machine: 'a machine', runs: heads, series }],
    skipped_lines: 0,
    duplicates: 0,
  })
  if (!report) throw new Error('made with runs')
  return report
}

const stepAt = (at: number, size: number) => (run: number) => (run >= at ? size : 1)
const one: Compared = measuredFunction('search', 10)
const found = (report: TrendReport) => withTrendFindings([one], report)[0]?.findings ?? []

describe('a level that became worse', () => {
  test('is a finding with the commits around it and how long it has lasted', () => {
    expect(found(reportOf([{ factor: stepAt(40, 1.2) }]))).toMatchObject([
      { code: 'level_changed', facts: { metric: 'p10_time_ms', commit: '40', previous_commit: '39', runs: 20, state: 'confirmed' } },
    ])
  })

  test('is none where it is better, old, or came back', () => {
    expect(found(reportOf([{ factor: stepAt(40, 0.8) }]))).toEqual([])
    expect(found(reportOf([{ factor: stepAt(20, 1.2) }]))).toEqual([])
    expect(found(reportOf([{ factor: (run) => (run >= 35 && run < 48 ? 1.3 : 1) }]))).toEqual([])
  })

  test('is none where a release has it, and one again while that release is the run itself', () => {
    expect(found(reportOf([{ factor: stepAt(40, 1.2) }], { releases: { 20: 'v1', 45: 'v2' } }))).toEqual([])
    expect(found(reportOf([{ factor: stepAt(40, 1.2) }], { releases: { 20: 'v1', 59: 'v2' } }))).toMatchObject([{ code: 'level_changed' }])
  })

  test('is named once where several times tell of it, and memory is another matter', () => {
    const report = reportOf([
      { factor: stepAt(40, 1.2) },
      { metric: 'p95_time_ms', factor: stepAt(40, 1.3) },
      { metric: 'memory_mb', unit: 'MB', factor: stepAt(50, 1.6) },
    ])
    expect(found(report).map(({ facts }) => 'metric' in facts && facts.metric)).toEqual(['p10_time_ms', 'memory_mb'])
  })

  test('replaces what an earlier look at the history said, and leaves other findings alone', () => {
    const drift = finding('drift', { change_percent: 4 })
    const report = reportOf([{ factor: stepAt(40, 1.2) }])
    const [first] = withTrendFindings([{ ...one, findings: [drift] }], report)
    const [again] = withTrendFindings(first ? [first] : [], report)
    expect(again?.findings.map(({ code }) => code)).toEqual(['drift', 'level_changed'])
    expect(withTrendFindings(first ? [first] : [], reportOf([{ factor: () => 1 }]))[0]?.findings).toEqual([drift])
  })
})

test('slow creep since the last release is a finding with its interval', () => {
  const factor = (run: number): number => 1 + 0.1 * Math.max(0, (run - 20) / 40)
  expect(found(reportOf([{ factor }], { releases: { 20: 'v1.2.0' } }))).toMatchObject([
    { code: 'creeping', facts: { metric: 'p10_time_ms', release: 'v1.2.0' } },
  ])
})

test('lines of a history that cannot be read are said once', () => {
  const report = { ...reportOf([{ factor: () => 1 }]), skipped_lines: 3 }
  const said = historyFindings([], report)
  expect(said).toEqual([finding('history_lines_skipped', { lines: 3 })])
  expect(historyFindings(said, report)).toEqual(said)
  expect(historyFindings(said, { ...report, skipped_lines: 0 })).toEqual([])
})

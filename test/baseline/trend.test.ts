import { describe, expect, test } from 'vitest'
import { falseChanges, foundSteps, historyNoises } from '../../bench/self/trend-rates.ts'
import type { History, HistorySeries, MachineHistory } from '../../src/baseline/history.ts'
import type { HistoryRunHead } from '../../src/baseline/history-run.ts'
import { caseTrend } from '../../src/baseline/trend.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { normal } from '../../bench/self/noise-models.ts'
import { seededRandom } from '../../src/stats/random.ts'

function runsOf(count: number, releases: Record<number, string> = {}): HistoryRunHead[] {
  return Array.from({ length: count }, (_, index) => ({
    run: `run ${index}`,
    at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    commit: `commit ${index}`,
    branch: 'main',
    fingerprint: 'f1',
    machine: 'a machine',
    ...(releases[index] === undefined ? {} : { release: releases[index] }),
  }))
}

function seriesOf(values: readonly number[], more: Partial<HistorySeries> = {}): HistorySeries {
  return { case: 'search', metric: 'p10_time_ms', unit: 'ms', better: 'lower', from: 0, values, ...more }
}

/** Around 10 ms with 2 % of noise, times a factor for each run. */
function noisy(count: number, factor: (run: number) => number, seed = 1): number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, run) => 10 * factor(run) * Math.exp(0.02 * normal(random)))
}

const stepAt = (at: number, factor: number) => (run: number) => (run >= at ? factor : 1)

describe('a step', () => {
  test('is named with its commit, the one before, its direction and its size', () => {
    const { changes, levels } = caseTrend(seriesOf(noisy(60, stepAt(40, 1.2))), runsOf(60))
    expect(changes).toMatchObject([
      { index: 40, run: 'run 40', commit: 'commit 40', previous_commit: 'commit 39', direction: 'worse', state: 'confirmed' },
    ])
    expect(changes[0]?.change_percent).toBeGreaterThan(17)
    expect(changes[0]?.change_percent).toBeLessThan(23)
    expect(levels.map(({ from, to, value }) => [from, to, Math.round(value)])).toEqual([
      [0, 39, 10],
      [40, 59, 12],
    ])
  })

  test('is provisional until five runs followed', () => {
    const states = [3, 4, 5, 6, 7].map((after) => caseTrend(seriesOf(noisy(40 + after, stepAt(40, 1.2))), runsOf(40 + after)).changes)
    expect(states.map(([change]) => change?.state)).toEqual(['provisional', 'provisional', 'provisional', 'confirmed', 'confirmed'])
  })

  test('is announced where it is an improvement too', () => {
    expect(caseTrend(seriesOf(noisy(60, stepAt(40, 0.8))), runsOf(60)).changes).toMatchObject([{ index: 40, direction: 'better' }])
    const higher = seriesOf(noisy(60, stepAt(40, 0.8)), { metric: 'requests_per_second', unit: '1/s', better: 'higher' })
    expect(caseTrend(higher, runsOf(60)).changes).toMatchObject([{ index: 40, direction: 'worse' }])
  })

  test('below 3 % is none', () => {
    const quiet = Array.from({ length: 80 }, (_, run) => (run >= 40 ? 10.2 : 10) + 0.001 * (run % 3))
    expect(caseTrend(seriesOf(quiet), runsOf(80)).changes).toEqual([])
  })

  test('there and back again is two', () => {
    const values = noisy(90, (run) => (run >= 30 && run < 60 ? 1.3 : 1))
    expect(caseTrend(seriesOf(values), runsOf(90)).changes.map(({ index, direction }) => [index, direction])).toEqual([
      [30, 'worse'],
      [60, 'better'],
    ])
  })
})

describe('one wild run', () => {
  const values = noisy(60, (run) => (run === 40 ? 1.6 : 1))

  test('is an anomaly with what was expected, and no change', () => {
    const { anomalies, changes } = caseTrend(seriesOf(values), runsOf(60))
    expect(changes).toEqual([])
    expect(anomalies).toMatchObject([{ index: 40, commit: 'commit 40', direction: 'worse', value: values[40] }])
    const [low, high] = anomalies[0]!.expected
    expect(low).toBeGreaterThan(8.5)
    expect(high).toBeLessThan(11.5)
  })

  test('does not hide the next one', () => {
    const twice = noisy(60, (run) => (run === 40 || run === 44 ? 1.6 : 1))
    expect(caseTrend(seriesOf(twice), runsOf(60)).anomalies.map(({ index }) => index)).toEqual([40, 44])
  })
})

describe('a band', () => {
  test('is there from the sixth run of a level on, and holds nearly all runs of unchanged code', () => {
    const { values, low, high } = caseTrend(seriesOf(noisy(200, () => 1)), runsOf(200))
    expect([...low.slice(0, 5), ...high.slice(0, 5)].every(Number.isNaN)).toBe(true)
    const inside = values.filter((value, run) => value >= (low[run] ?? Number.NaN) && value <= (high[run] ?? Number.NaN))
    expect(inside.length / (values.length - 5)).toBeGreaterThan(0.97)
  })

  test('starts anew after a step', () => {
    const { low } = caseTrend(seriesOf(noisy(60, stepAt(40, 1.5))), runsOf(60))
    expect(low[42]).toBeNaN()
    expect(low[50]).toBeGreaterThan(12)
  })
})

describe('since the last release', () => {
  test('many small steps are a creep, although none of them is a change that matters', () => {
    const values = noisy(120, (run) => 1 + 0.12 * Math.max(0, (run - 40) / 80))
    const { since_release } = caseTrend(seriesOf(values), runsOf(120, { 10: 'v1.0.0', 40: 'v1.1.0' }))
    expect(since_release).toMatchObject({ release: 'v1.1.0', index: 40, creeping: true })
    expect(since_release?.change_percent).toBeGreaterThan(8)
    expect(since_release?.interval_percent[0]).toBeGreaterThan(3)
  })

  test('one step is that step, and no creep', () => {
    const { since_release } = caseTrend(seriesOf(noisy(120, stepAt(80, 1.12))), runsOf(120, { 40: 'v1.1.0' }))
    expect(since_release).toMatchObject({ creeping: false })
    expect(since_release?.largest_step_percent).toBeGreaterThan(9)
  })

  test('nothing happened, or it got better: no creep', () => {
    const releases = { 40: 'v1.1.0' }
    expect(caseTrend(seriesOf(noisy(120, () => 1)), runsOf(120, releases)).since_release).toMatchObject({ creeping: false })
    const better = noisy(120, (run) => 1 - 0.12 * Math.max(0, (run - 40) / 80))
    expect(caseTrend(seriesOf(better), runsOf(120, releases)).since_release).toMatchObject({ creeping: false })
  })

  test('nothing is said without a release or a run after it', () => {
    expect(caseTrend(seriesOf(noisy(30, () => 1)), runsOf(30)).since_release).toBeUndefined()
    expect(caseTrend(seriesOf(noisy(30, () => 1)), runsOf(30, { 29: 'v1' })).since_release).toBeUndefined()
  })

  test('a run that is a release itself is held against the release before it', () => {
    const runs = runsOf(60, { 10: 'v1', 57: 'v2', 58: 'v2', 59: 'v2' })
    expect(caseTrend(seriesOf(noisy(60, () => 1)), runs).since_release).toMatchObject({ release: 'v1', index: 10 })
  })
})

describe('a short or strange history', () => {
  test.each([
    ['no value', []],
    ['one value', [1]],
    ['four values', [1, 2, 1, 2]],
    ['values that are all the same', Array.from({ length: 50 }, () => 3)],
  ])('of %s has points and no change', (_, values) => {
    const trend = caseTrend(seriesOf(values), runsOf(50))
    expect(trend.values).toEqual(values)
    expect(trend.changes).toEqual([])
    expect([trend.low.length, trend.high.length]).toEqual([values.length, values.length])
    for (const bound of [...trend.low, ...trend.high]) expect(Math.abs(bound)).not.toBe(Number.POSITIVE_INFINITY)
  })

  test('with values of 0 is shown, and no change is looked for', () => {
    const values = [0, 0, 5, 0, 3, 4, 4, 4, 4, 4, 4, 4]
    expect(caseTrend(seriesOf(values), runsOf(12))).toMatchObject({ changes: [], levels: [], anomalies: [] })
  })

  test('with gaps names the runs that were measured', () => {
    const values = noisy(60, stepAt(40, 1.3)).map((value, run) => (run % 4 === 1 ? Number.NaN : value))
    const { runs, values: kept, changes } = caseTrend(seriesOf(values), runsOf(60))
    expect([runs.length, kept.length]).toEqual([45, 45])
    expect(changes).toMatchObject([{ run: 'run 40', commit: 'commit 40', previous_commit: 'commit 39', index: 30 }])
  })
})

function machineOf(series: HistorySeries[], runs: HistoryRunHead[], more: Partial<MachineHistory> = {}): MachineHistory {
  return { fingerprint: 'f1', machine: 'a machine', runs, series, ...more }
}
const historyOf = (...machines: MachineHistory[]): History => ({ machines, skipped_lines: 2, duplicates: 0 })

describe('a suite', () => {
  const slowMachine = (run: number): number => (run >= 40 ? 1.3 : 1)
  const suite = (cases: number, own: (index: number) => (run: number) => number) =>
    Array.from({ length: cases }, (_, index) =>
      seriesOf(
        noisy(80, (run) => slowMachine(run) * own(index)(run), index + 1),
        { case: `case_${index}` },
      ),
    )

  test('of ten cases that move together has one change of the suite, and none of its cases', () => {
    const report = trendReport(
      historyOf(
        machineOf(
          suite(10, () => () => 1),
          runsOf(80),
        ),
      ),
    )
    expect(report?.suite_factor?.changes).toMatchObject([{ index: 40, direction: 'worse' }])
    expect(report?.trends.flatMap(({ changes }) => changes)).toEqual([])
    expect(report?.trends.every((trend) => trend.suite_factor_removed)).toBe(true)
  })

  test('shows the change of one case beside that of all, at its own commit', () => {
    const report = trendReport(
      historyOf(
        machineOf(
          suite(10, (index) => stepAt(60, index === 3 ? 1.2 : 1)),
          runsOf(80),
        ),
      ),
    )
    expect(report?.trends.flatMap((trend) => trend.changes.map(({ index }) => [trend.case, index]))).toEqual([['case_3', 60]])
  })

  test('of nine cases has no common factor that could be told', () => {
    const report = trendReport(
      historyOf(
        machineOf(
          suite(9, () => () => 1),
          runsOf(80),
        ),
      ),
    )
    expect(report?.suite_factor).toBeUndefined()
    expect(report?.trends.every(({ changes, suite_factor_removed }) => changes.length === 1 && !suite_factor_removed)).toBe(true)
  })
})

describe('machines', () => {
  const here = machineOf([seriesOf([1, 2, 3])], runsOf(3))
  const there = machineOf([seriesOf([9])], runsOf(1), { fingerprint: 'f2', machine: 'another machine' })

  test('are kept apart, and the others named', () => {
    const report = trendReport(historyOf(here, there))
    expect(report).toMatchObject({
      machine: 'a machine',
      runs: 3,
      other_machines: [{ fingerprint: 'f2', machine: 'another machine', runs: 1, newest: '2026-01-01T00:00:00.000Z' }],
      skipped_lines: 2,
    })
    expect(trendReport(historyOf(here, there), { fingerprint: 'f2' })?.trends[0]?.values).toHaveLength(1)
    expect(trendReport(historyOf(here), { fingerprint: 'f9' })).toBeUndefined()
    expect(trendReport(historyOf())).toBeUndefined()
  })

  test('with a long history are looked at in their newest runs', () => {
    const long = machineOf([seriesOf(noisy(60, () => 1)), seriesOf([5], { case: 'gone', from: 3 })], runsOf(60))
    const report = trendReport(historyOf(long), { runs: 20 })
    expect(report?.trends.map((trend) => [trend.case, trend.values.length, trend.runs[0]?.run])).toEqual([['search', 20, 'run 40']])
  })
})

describe.each(historyNoises.slice(0, 4))('with noise of $name', (noise) => {
  test('few unchanged histories of 500 runs get a change point, and steps are found', { timeout: 60_000 }, () => {
    expect(falseChanges(noise, 15, 3).both).toBeLessThanOrEqual(0.07)
    expect(foundSteps(noise, 0.2, 6, 50, 4)).toBeGreaterThanOrEqual(0.96)
  })
})

import { describe, expect, test } from 'vitest'
import { caseMarkup } from '../../reporters/html/case-markup.ts'
import { detailsOf } from '../../reporters/html/detail/details-of.ts'
import { changedRuns, suiteTrend } from '../../reporters/html/home-trend.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { normal } from '../../bench/self/noise-models.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { versionsOf } from '../../src/report/trend-versions.ts'
import { trendView } from '../../src/report/view-trend.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { followedRun } from './followed-run.ts'
import { environment, measuredFunction, runOf } from './run-builder.ts'

const labels = (count: number, releases: Readonly<Record<number, string>>) =>
  Array.from({ length: count }, (_, at) => ({ commit: `c${at}`, at: `2026-01-01T00:00:${at}`, release: releases[at] ?? '' }))

/** An index around 100 with 1 % of noise. */
function indexOf(count: number, factor: (run: number) => number, seed = 1): number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, run) => 100 * factor(run) * Math.exp(0.01 * normal(random)))
}

const tones = (versions: ReturnType<typeof versionsOf>) => versions.map(({ name, tone }) => [name, tone])

describe('versions', () => {
  test('are a row each, however many runs have the tag, and this run is the last', () => {
    const nightly = labels(30, { 5: 'v1.0', 6: 'v1.0', 7: 'v1.0', 8: 'v1.0', 9: 'v1.0', 20: 'v1.1' })
    const versions = versionsOf(nightly, indexOf(30, () => 1), [], 12) // prettier-ignore
    expect(versions.map(({ name }) => name)).toEqual(['v1.0', 'v1.1', 'this run'])
    expect(versions[0]).toMatchObject({ change: '', interval: '' })
    expect(versions[1]?.interval).toMatch(/^\[−\d\.\d, \+\d\.\d\]$/)
  })

  test('are not called slower for a night on which the machine was slow, alone or with all cases', () => {
    const runs = labels(30, { 9: 'v1.0', 20: 'v1.1' })
    const slowNight = (run: number): number => (run === 20 ? 1.05 : 1)
    expect(tones(versionsOf(runs, indexOf(30, slowNight), [], 5))).toEqual([['v1.0', 'quiet'], ['v1.1', 'quiet'], ['this run', 'quiet']]) // prettier-ignore
    const slower = (run: number): number => (run >= 15 ? 1.08 : 1)
    const machine = Array.from({ length: 30 }, (_, run) => 100 * slower(run))
    expect(tones(versionsOf(runs, indexOf(30, slower), machine, 12)).map(([, tone]) => tone)).toEqual(['quiet', 'quiet', 'quiet'])
  })

  test('are called slower or faster where they surely are', () => {
    const runs = labels(30, { 9: 'v1.0', 20: 'v1.1' })
    const worse = versionsOf(runs, indexOf(30, (run) => (run > 9 ? 1.1 : 1)), [], 12) // prettier-ignore
    expect(tones(worse)).toEqual([['v1.0', 'quiet'], ['v1.1', 'bad'], ['this run', 'quiet']]) // prettier-ignore
    const better = versionsOf(runs, indexOf(30, (run) => (run > 20 ? 0.9 : 1)), [], 12) // prettier-ignore
    expect(tones(better).at(-1)).toEqual(['this run', 'good'])
  })

  test('of unchanged code are hardly ever called anything', () => {
    const runs = labels(40, { 9: 'v1', 16: 'v2', 22: 'v3', 31: 'v4' })
    const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1)
    const called = seeds
      .flatMap((seed) =>
        versionsOf(
          runs,
          indexOf(40, () => 1, seed),
          [],
          12,
        ),
      )
      .filter(({ tone }) => tone !== 'quiet')
    // Four comparisons in each of 300 histories, at 95 % and for changes of 1 % or more.
    expect(called.length / (300 * 4)).toBeLessThan(0.03)
  })

  test('need a release', () => {
    expect(
      versionsOf(
        labels(30, {}),
        indexOf(30, () => 1),
        [],
        12,
      ),
    ).toEqual([])
  })
})

describe('the trend of a report', () => {
  const view = trendView(followedRun)

  test('shows steps of every figure that is followed, with the commits between which they came', () => {
    expect(view?.steps.map(({ name, metric, commit }) => `${name} ${metric} ${commit}`)).toContain('cache fill memory_mb 195a333..fcd1ce4')
    expect(view?.newSteps.map(({ better }) => better)).toEqual([false, false, false, false, true])
    expect(view?.newSteps[0]?.name).toBe('cache fill')
  })

  test('names what creeps, other machines, and the index of the machine', () => {
    expect(view?.creeping).toMatchObject([{ name: 'rank results', metric: 'p10_time_ms' }])
    expect(view?.creeping[0]?.text).toMatch(/^\+11\.\d % \[.*\] since v1\.1\.0, in many small steps$/)
    expect(view?.otherMachines).toEqual(['Apple M4, 10 cores: 12 runs, the newest of 2026-09-01'])
    expect(view?.machineIndex[20]).toBeGreaterThan(103)
    expect(view?.runs[20]?.release).toBe('v1.1.0')
  })

  test('marks runs with which levels changed on the chart of all cases', () => {
    if (!view) throw new Error('the run has a history')
    const changed = changedRuns(view.steps)
    expect(changed).toContainEqual([33, 1, 0])
    const { marks, probe } = suiteTrend({ of: view.of, index: view.index, machine: view.machineIndex, changed }, view.runs)
    expect(marks.filter(({ kind }) => kind === 'dot')).toHaveLength(changed.length)
    expect(marks.filter(({ kind }) => kind === 'line')).toHaveLength(2)
    expect(marks.flatMap((mark) => (mark.kind === 'upright' ? [mark.label] : []))).toEqual(['v1.0.0', 'v1.1.0'])
    expect(probe?.tell(33).join(' ')).toContain('1 case is worse from here on')
  })

  test('draws a second figure of a case where its level changed, and says what levels are without', () => {
    const one = followedRun.cases.find(({ identity }) => identity.name === 'cache fill')
    if (!one) throw new Error('the run has the case')
    const { markup } = caseMarkup(detailsOf(reportOf(followedRun))(one), { runs: view?.runs ?? [] })
    expect([...new Set(markup.match(/Trend of \w+/g))]).toEqual(['Trend of p10_time_ms', 'Trend of memory_mb'])
    expect(view?.byCase.get('sort_words')?.adjusted).toBe(true)
  })

  test('has an index of times alone: a figure of another kind moves nothing', () => {
    const heads = Array.from({ length: 12 }, (_, run) => ({
      run: `run ${run}`, at: new Date(Date.UTC(2026, 0, 1 + run)).toISOString(), commit: null, branch: null, fingerprint: 'f1', machine: 'a machine',
    })) // prettier-ignore
    const series = [
      { case: 'fast', metric: 'p10_time_ms', unit: 'ms', better: 'lower' as const, from: 0, values: heads.map(() => 1) },
      {
        case: 'idle',
        metric: 'cpu_percent',
        unit: '%',
        better: 'lower' as const,
        from: 0,
        values: heads.map((_, run) => (run < 6 ? 0.1 : 0.4)),
      },
    ]
    const trend = trendReport({
      machines: [{ fingerprint: 'f1', machine: 'a machine', runs: heads, series }],
      skipped_lines: 0,
      duplicates: 0,
    })
    if (!trend) throw new Error('the history has runs')
    const run = runOf({
      started_at: Date.UTC(2026, 0, 12),
      environment,
      trend,
      cases: [measuredFunction('fast', 1), measuredFunction('idle', 1)],
    })
    expect(new Set(trendView(run)?.index)).toEqual(new Set([100]))
    expect(trendView(run)?.of).toBe('times')
  })
})

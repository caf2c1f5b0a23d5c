import { describe, expect, test } from 'vitest'
import type { BaselineReading } from '../../src/baseline/baseline.ts'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import type { Summarised } from '../../src/model/run.ts'
import { failed, measured, samples, unrun } from '../gates/make-case.ts'
import { absent, baselineOf, environment, recorded } from './make-run.ts'

const options = { threshold_percent: 5, fingerprint: 'here' }
const compare = (cases: readonly Summarised[], reading: BaselineReading, more: object = {}) =>
  compareWithBaseline(cases, reading, { ...options, ...more })
/** One http case with a median against earlier medians. */
const against = (p50_time_ms: number, ...earlier: number[]) =>
  compare([measured('a', { p50_time_ms })], baselineOf({ a: { p50_time_ms: recorded(...earlier) } })).cases[0]!.comparison!
const ten = Array.from({ length: 10 }, () => 100)

describe('one earlier run', () => {
  test('cannot call 5 % a regression, and says what it could see', () => {
    const comparison = against(105, 100)
    expect(comparison.verdict).not.toBe('regressed')
    expect(comparison.visible_percent).toBeCloseTo(20, 9)
    expect(comparison.findings).toEqual([{ code: 'too_few_runs', facts: { runs: 1, visible_percent: comparison.visible_percent } }])
  })

  test.each([
    [100, 'unchanged'],
    [104, 'unchanged'],
    [96, 'unchanged'],
    [110, 'inconclusive'],
    [119, 'inconclusive'],
    [90, 'inconclusive'],
    [121, 'regressed'],
    [82, 'improved'],
  ])('of 100 ms and now %d ms: %s', (now, verdict) => {
    expect(against(now, 100).verdict).toBe(verdict)
  })

  test('gives effect and interval in percent of the base, around it', () => {
    const { base, head, effect_percent, interval_percent, runs, threshold_percent } = against(110, 100)
    expect({ base, head, runs, threshold_percent }).toEqual({ base: expect.closeTo(100, 9), head: 110, runs: 1, threshold_percent: 5 })
    expect(effect_percent).toBeCloseTo(10, 9)
    // t(.995, 6) = 3.707, s~ = 3 %, N = 1: half width 3.707 * 0.03 * sqrt(2) = 0.15729 in logarithms.
    expect(interval_percent![0]).toBeCloseTo((1.1 * Math.exp(-0.157_29) - 1) * 100, 2)
    expect(interval_percent![1]).toBeCloseTo((1.1 * Math.exp(0.157_29) - 1) * 100, 2)
  })
})

describe('ten earlier runs on a quiet machine', () => {
  test('see about 8 %, and call it without a finding', () => {
    const seen = against(100, ...ten)
    // s~ = 3 % * sqrt(6 / 15) = 1.897 %, t(.995, 15) = 2.947, N = 10: 3 s~ = 5.69 %, half width 5.86 %.
    expect(seen.visible_percent).toBeCloseTo(Math.expm1(2.9467 * 0.03 * Math.sqrt(0.4) * Math.sqrt(1.1)) * 100, 2)
    expect(seen).toMatchObject({ verdict: 'unchanged', findings: [] })
    expect(against(107, ...ten).verdict).toBe('regressed')
    expect(against(105.5, ...ten).verdict).toBe('inconclusive')
    expect(against(93, ...ten).verdict).toBe('improved')
  })

  test('see less where the runs themselves differed more', () => {
    const noisy = [90, 110, 90, 110, 90, 110, 90, 110, 90, 110]
    expect(against(120, ...noisy).verdict).toBe('inconclusive')
    expect(against(120, ...noisy).visible_percent).toBeGreaterThan(25)
    expect(against(150, ...noisy).verdict).toBe('regressed')
  })

  test('nine of them call large steps only', () => {
    expect(against(115, ...ten.slice(1))).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'too_few_runs', facts: { runs: 9 } }],
    })
    expect(against(121, ...ten.slice(1)).verdict).toBe('regressed')
  })
})

describe('thresholds', () => {
  const reading = baselineOf({ a: { p50_time_ms: recorded(...ten) } })

  test('of the case wins over that of the run', () => {
    const one = measured('a', { p50_time_ms: 115 }, { regression_threshold_percent: 30 })
    expect(compare([one], reading).cases[0]!.comparison).toMatchObject({ verdict: 'unchanged', threshold_percent: 30 })
    expect(compare([measured('a', { p50_time_ms: 115 })], reading).cases[0]!.comparison).toMatchObject({
      verdict: 'regressed',
      threshold_percent: 5,
    })
  })
})

describe('what is compared', () => {
  const metricOf = (one: Summarised, metrics: Record<string, number>) =>
    compare([one], baselineOf({ a: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, recorded(value)])) })).cases[0]!
      .comparison

  test('batches by their lower decile, single calls by their median', () => {
    const batches = Array.from({ length: 101 }, (_, i) => (100 + i) * 1e6)
    const one = (batch: number) => measured('a', { p50_time_ms: 150 }, { kind: 'function', measurement: samples(batches, batch) })
    expect(metricOf(one(10), { p10_time_ms: 110, p50_time_ms: 150 })).toMatchObject({
      metric: 'p10_time_ms',
      base: expect.closeTo(110, 9),
      head: 110,
    })
    expect(metricOf(one(1), { p10_time_ms: 110, p50_time_ms: 150 })).toMatchObject({ metric: 'p50_time_ms', head: 150 })
  })

  test('no times of answers that failed, which can be the quick ones: such a case misses its figure', () => {
    const failing = measured('a', { p50_time_ms: 1, success_rate: 98 })
    expect(metricOf(failing, { p50_time_ms: 100 })).toMatchObject({ verdict: 'missing', base: 100 })
    expect(compare([failing], baselineOf({})).cases[0]!.comparison).toBeUndefined()
    expect(metricOf(measured('a', { p50_time_ms: 100, success_rate: 99 }), { p50_time_ms: 100 })).toMatchObject({ verdict: 'unchanged' })
  })

  test('the mean, where the baseline knows nothing else', () => {
    expect(metricOf(measured('a', { p50_time_ms: 1, avg_time_ms: 2 }), { avg_time_ms: 3 })).toMatchObject({
      metric: 'avg_time_ms',
      head: 2,
    })
  })

  test('a figure with a long history rather than a better one with a short', () => {
    const reading = baselineOf({ a: { p50_time_ms: recorded(1), avg_time_ms: recorded(2, 2, 2) } })
    expect(compare([measured('a', { p50_time_ms: 1, avg_time_ms: 2 })], reading).cases[0]!.comparison).toMatchObject({
      metric: 'avg_time_ms',
      runs: 3,
    })
  })

  test('a scale by its largest size', () => {
    const points = [10, 1000].map((n) => ({ n, times: samples([n * 1e6]) }))
    const one = measured('a', {}, { kind: 'scale', measurement: { type: 'scale', points } })
    expect(metricOf(one, { time_ms_at_1000: 500 })).toMatchObject({ metric: 'time_ms_at_1000', head: 1000, verdict: 'regressed' })
  })

  test('an observation by its memory, which may wander by 10 %', () => {
    const one = measured('a', { memory_mb: 108, cpu_percent: 3 }, { kind: 'observe' })
    expect(metricOf(one, { memory_mb: 100 })).toMatchObject({ metric: 'memory_mb', verdict: 'unchanged', threshold_percent: 10 })
    expect(compare([measured('a', { cpu_percent: 3 }, { kind: 'observe' })], baselineOf({})).cases[0]!.comparison).toBeUndefined()
  })

  describe('tracked values', () => {
    const tracked = (value: number, unit: string, better: 'lower' | 'higher', values = [value]) =>
      measured(
        'a',
        { value },
        { kind: 'track', measurement: { type: 'tracked', values, unit, better }, own_metrics: { value: { unit, better } } },
      )

    test.each([
      ['ratio', 'higher', 0.9, 0.6, 'regressed'],
      ['ratio', 'higher', 0.6, 0.9, 'improved'],
      ['ms', 'lower', 100, 130, 'regressed'],
      ['count', 'lower', 100, 101, 'regressed'],
      ['count', 'lower', 100, 99, 'improved'],
      ['count', 'lower', 100, 100, 'unchanged'],
      ['count', 'higher', 100, 101, 'improved'],
      ['count', 'lower', 0, 3, 'regressed'],
      ['B', 'lower', 1000, 1049, 'unchanged'],
      ['B', 'lower', 1000, 1051, 'regressed'],
      ['ratio', 'higher', 0, 0, 'unchanged'],
      ['ratio', 'higher', 0, 0.5, 'inconclusive'],
      ['ratio', 'lower', -1, 5, 'inconclusive'],
    ] as const)('%s, %s is better, from %d to %d: %s', (unit, better, before, now, verdict) => {
      expect(metricOf(tracked(now, unit, better), { value: before })?.verdict).toBe(verdict)
    })

    test('that differ inside one run are no exact counter', () => {
      expect(metricOf(tracked(101, 'count', 'lower', [100, 102]), { value: 100 })?.verdict).toBe('unchanged')
    })
  })
})

describe('cases of one side only', () => {
  const reading = baselineOf({
    a: { p50_time_ms: recorded(100) },
    gone: { p50_time_ms: recorded(7, 8) },
    broken: { p50_time_ms: recorded(1) },
  })
  const compared = compare(
    [measured('a', { p50_time_ms: 100 }), measured('fresh', { p50_time_ms: 3 }), failed('broken'), unrun('skipped', 'other')],
    reading,
  )

  test('are new, or missing with the last value, never unchanged', () => {
    expect(compared.cases.map(({ comparison }) => comparison?.verdict)).toEqual(['unchanged', 'new', 'missing', undefined])
    expect(compared.missing).toMatchObject([
      { id: 'gone', comparison: { verdict: 'missing', base: 8, runs: 2, against: 'baseline.json of 2026-01-02' } },
    ])
    expect(compared.trends).toEqual({
      baseline_timestamp: '2026-01-02T00:00:00.000Z',
      improvements: {},
      regressions: {},
      new_operations: ['fresh'],
      missing_operations: ['broken', 'gone'],
    })
  })

  test('the trends hold what moved, by metric', () => {
    const { trends } = compare([measured('a', { p50_time_ms: 150 }), measured('gone', { p50_time_ms: 3 })], reading)
    expect(trends.regressions['a.p50_time_ms']).toBeCloseTo(50, 9)
    expect(Object.keys(trends.improvements)).toEqual(['gone.p50_time_ms'])
  })

  test('an id that is also a name of every object is new', () => {
    expect(compare([measured('constructor', { p50_time_ms: 1 })], reading).cases[0]!.comparison?.verdict).toBe('new')
  })
})

describe('without a usable baseline nothing is compared', () => {
  test('because there is none yet: no comparison and no finding', () => {
    const cases = [measured('a', { p50_time_ms: 1 })]
    expect(compare(cases, absent)).toMatchObject({ cases, missing: [], findings: [] })
  })

  test('because it cannot be used: the finding is passed on', () => {
    const findings = [{ code: 'baseline_unusable', facts: { path: 'x', reason: 'it is cut off' } }] as const
    expect(compare([measured('a', {})], { state: 'unusable', path: 'x', findings }).findings).toEqual(findings)
  })
})

describe('another machine', () => {
  const cases = [measured('a', { p50_time_ms: 500 }), measured('fresh', { p50_time_ms: 1 })]
  const known = { a: { p50_time_ms: recorded(...ten) }, gone: { p50_time_ms: recorded(1) } }
  const machine = { os: 'linux', cpu_model: 'Other CPU', cpu_cores: 8, node: '24.1.0' }

  test('is not compared with, but said, with what differs', () => {
    const compared = compare(cases, baselineOf(known, { fingerprint: 'elsewhere', machine }), { environment })
    expect(compared.cases.map(({ comparison }) => comparison?.verdict)).toEqual(['inconclusive', 'new'])
    expect(compared.cases[0]!.comparison).not.toHaveProperty('effect_percent')
    expect(compared.missing.map(({ id }) => id)).toEqual(['gone'])
    expect(compared.findings).toEqual([
      { code: 'baseline_other_machine', facts: { differs: 'cpu_model Other CPU, here Example CPU; cpu_cores 8, here 4' } },
    ])
  })

  test('beside this one in the same file does not matter', () => {
    const reading = baselineOf(known)
    if (reading.state !== 'usable') throw new Error('unreachable')
    const other = { fingerprint: 'elsewhere', machine, cases: { a: { p50_time_ms: recorded(500) } } }
    const both: BaselineReading = { ...reading, baseline: { ...reading.baseline, environments: [other, ...reading.baseline.environments] } }
    expect(compare(cases, both)).toMatchObject({ cases: [{ comparison: { verdict: 'regressed' } }, {}], findings: [] })
  })

  test('is what a file without a fingerprint counts as, unless the caller knows better', () => {
    const reading = baselineOf(known, { fingerprint: null })
    expect(compare(cases, reading).findings).toMatchObject([
      { code: 'baseline_other_machine', facts: { differs: 'the file does not say which machine it is from' } },
    ])
    expect(compare(cases, reading, { assume_same_machine: true })).toMatchObject({
      cases: [{ comparison: { verdict: 'regressed' } }, {}],
      findings: [],
    })
  })
})

describe('a suite of ten or more cases that moves together', () => {
  const ids = Array.from({ length: 10 }, (_, i) => `case_${i}`)
  const reading = baselineOf(Object.fromEntries(ids.map((id) => [id, { p50_time_ms: recorded(...ten) }])))
  const all = (factor: number, last = factor) =>
    compare(
      ids.map((id, i) => measured(id, { p50_time_ms: 100 * (i === 9 ? last : factor) })),
      reading,
    )
  const verdicts = (compared: ReturnType<typeof all>) => [...new Set(compared.cases.map(({ comparison }) => comparison?.verdict))]

  test('by 10 % is the machine: nothing is called, and the shift is named', () => {
    const compared = all(1.1)
    expect(verdicts(compared)).toEqual(['inconclusive'])
    expect(compared.findings).toEqual([{ code: 'suite_moved', facts: { cases: 10, change_percent: expect.closeTo(10, 9) } }])
    expect(compared.cases[0]!.comparison?.findings).toMatchObject([{ code: 'suite_moved' }])
  })

  test('with one case that moved further is still called in that one', () => {
    expect(
      all(1.1, 1.3)
        .cases.map(({ comparison }) => comparison?.verdict)
        .at(-1),
    ).toBe('regressed')
  })

  test('a single case that moved is no movement of the suite', () => {
    const compared = all(1, 1.1)
    expect(verdicts(compared)).toEqual(['unchanged', 'regressed'])
    expect(compared.findings).toEqual([])
  })

  test('by 30 % is no weather: every case is called', () => {
    expect(verdicts(all(1.3))).toEqual(['regressed'])
  })

  test('faster together is no improvement either', () => {
    expect(verdicts(all(0.92))).toEqual(['inconclusive'])
  })
})

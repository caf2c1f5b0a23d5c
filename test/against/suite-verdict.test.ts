import { describe, expect, test } from 'vitest'
import { comparisonOf } from '../../src/against/comparison.ts'
import { decide } from '../../src/against/decide.ts'
import type { CasePairs } from '../../src/against/evidence.ts'
import { pairedDifference, type PairedDifference } from '../../src/against/paired-difference.ts'
import type { ProcessPair } from '../../src/against/process-summary.ts'
import { suiteEffect } from '../../src/against/suite-effect.ts'
import { suiteVerdict } from '../../src/against/suite-verdict.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.ts'
import { geometricMean } from '../../src/stats/geometric-mean.ts'

const random = seededRandom(3)
const noise = (): number => 0.012 * (random() + random() + random() + random() - 2)
const stage = (percent: number, count: number): PairedDifference[] =>
  Array.from({ length: count }, () => ({ main: Math.log1p(percent / 100) + noise(), guards: {} }))
const suite = (percents: number[]): CasePairs[] =>
  percents.map((percent, index) => ({ id: `case_${index}`, threshold_percent: 5, stages: [stage(percent, 8), stage(percent, 16)] }))

describe('a suite in which nearly all cases move together', () => {
  const slower = suite([9, 10, 11, 10, 9, 10, 11, 10])

  test('says that the environment changed, and judges no time, where the control moved too', () => {
    const { moved_together, cases } = suiteVerdict(slower, { control: stage(9, 24) })
    expect(moved_together).toMatchObject({ cause: 'environment', share_percent: 100, cases: 8 })
    expect(moved_together?.percent).toBeCloseTo(10, 0)
    expect(new Set(cases.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
  })

  test('keeps its verdicts where the control did not move: one change can slow them all', () => {
    const { moved_together, cases } = suiteVerdict(slower, { control: stage(0, 24) })
    expect(moved_together).toMatchObject({ cause: 'unknown' })
    expect(new Set(cases.map(({ verdict }) => verdict))).toEqual(new Set(['regressed']))
  })

  test('is not one where two of eight are slower, or where all stay', () => {
    expect(suiteVerdict(suite([20, 20, 0, 0, 0, 0, 0, 0])).moved_together).toBeUndefined()
    expect(suiteVerdict(suite([0, 0, 0, 0, 0, 0, 0, 0])).moved_together).toBeUndefined()
    expect(suiteVerdict(suite([10, 10, 10])).moved_together).toBeUndefined()
  })
})

describe('the control case', () => {
  test('has an achieved rate of false alarms near 0 where both sides are alike', () => {
    const { control } = suiteVerdict([], { control: stage(0, 24) })
    expect(control?.false_alarms_percent.point).toBeLessThanOrEqual(0.1)
    expect(control?.false_alarms_percent.high).toBeLessThan(1)
  })

  test('of eight noisy pairs leaves open what they leave open: the interval is not that of the draws', () => {
    const noisy = [0.03, -0.03, 0.02, -0.02, 0.025, -0.025, 0.01, -0.01].map((main) => ({ main, guards: {} }))
    const { control } = suiteVerdict([], { control: noisy })
    expect(control?.false_alarms_percent.point).toBeLessThanOrEqual(1)
    expect(control?.false_alarms_percent.low).toBe(0)
    expect(control?.false_alarms_percent.high).toBeGreaterThan(2)
  })

  test('shows a bias of one side as alarms', () => {
    const { control } = suiteVerdict([], { control: stage(4, 24) })
    expect(control?.false_alarms_percent.point).toBeGreaterThan(40)
  })

  test('says nothing with fewer than 8 pairs', () => {
    expect(suiteVerdict([], { control: stage(0, 7) })).toEqual({ cases: [] })
  })
})

/** Takes so many of the pairs away, any of them. */
function without(count: number, pairs: readonly PairedDifference[], random: () => number): PairedDifference[] {
  const left = [...pairs]
  for (let gone = 0; gone < count; gone++) left.splice(Math.floor(random() * left.length), 1)
  return left
}

describe('the geometric mean', () => {
  test('takes pairs by their number: cases that lost different ones keep the luck of each pair together', () => {
    const luck = [0.3, -0.3, 0.2, -0.2, 0.1, -0.1, 0.05, -0.05]
    const lost = (gone: number, level: number): CasePairs => ({
      id: `${gone}`,
      threshold_percent: 5,
      stages: [luck.flatMap((shared, pair) => (pair === gone ? [] : [{ main: level + shared, guards: {}, pair }]))],
    })
    const whole = suiteEffect([lost(-1, 0.04), lost(-1, 0), lost(-1, -0.04)])!
    const some = suiteEffect([lost(0, 0.04), lost(3, 0), lost(6, -0.04)])!
    for (const end of ['point', 'low', 'high'] as const) expect(some[end]).toBeCloseTo(whole[end], 4)
  })

  test('weighs all cases alike', () => {
    expect(geometricMean([2, 8])).toBeCloseTo(4)
    expect(geometricMean([])).toBeUndefined()
    expect(geometricMean([1, 0])).toBeUndefined()
    expect(suiteEffect(suite([10, -10, 0, 0]))?.point).toBeCloseTo(-0.25, 0)
  })

  test.each([
    ['none lost a pair', 0],
    ['each case lost two pairs of its own', 2],
  ])('of unchanged suites has 0 in its interval in 95 of 100, although cases of a process share its luck, where %s', (_, lost) => {
    const random = seededRandom(17)
    const held = Array.from({ length: 1000 }, () => {
      const shared = Array.from({ length: 8 }, () => 0.05 * (random() - 0.5))
      const cases = Array.from({ length: 12 }, (_, index) => ({
        id: `${index}`,
        threshold_percent: 5,
        stages: [
          without(
            lost,
            shared.map((luck, pair) => ({ main: luck + 0.02 * (random() - 0.5) + 0.01 * (index % 2 ? 1 : -1), guards: {}, pair })),
            random,
          ),
        ],
      }))
      const { low, high } = suiteEffect(cases)!
      return low <= 0 && high >= 0
    })
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(945)
  })
})

test('adjusted p values are p m / rank, from the largest down', () => {
  for (const p of benjaminiHochberg([0.01, 0.02, 0.03, 0.04, 0.05])) expect(p).toBeCloseTo(0.05)
  const [a, b, c] = benjaminiHochberg([0.8, 0.001, 0.01])
  expect([a, b, c].map((p) => p!.toFixed(4))).toEqual(['0.8000', '0.0030', '0.0150'])
})

describe('a decision as a comparison', () => {
  const pairs = (slower: number, sign: 1 | -1 = 1, bytes = 1): ProcessPair[] =>
    Array.from({ length: 24 }, (_, index) => {
      const wobble = 1 + 0.002 * (index % 5)
      const side = (value: number, heap: number) => ({ metric: 'p10_time_ms', sign, value, heap_bytes_per_call: heap })
      return { base: side(2, 1000), head: side(2 * slower * wobble, 1000 * bytes) }
    })
  const comparison = (processes: ProcessPair[]) => {
    const differences = processes.map(pairedDifference)
    const [decision] = decide([{ id: 'a', threshold_percent: 5, stages: [differences.slice(0, 8), differences.slice(8)] }])
    return comparisonOf(
      decision!,
      { kept: processes, removed: [], measured: [processes.slice(0, 8), processes.slice(8)] },
      'main at 1a2b3c4',
    )
  }

  test('has both values, the effect with its interval, the noise, what was visible and the pairs', () => {
    const one = comparison(pairs(1.1))
    expect(one).toMatchObject({ verdict: 'regressed', metric: 'p10_time_ms', base: 2, runs: 24, against: 'main at 1a2b3c4', findings: [] })
    expect(one.head).toBeCloseTo(2.21, 2)
    expect(one.effect_percent).toBeCloseTo(10.4, 0)
    expect(one.interval_percent?.[0]).toBeGreaterThan(9)
    expect(one.interval_percent?.[1]).toBeLessThan(12)
    expect(one.noise_percent).toBeGreaterThan(0)
    expect(one.visible_percent).toBeGreaterThan(3)
  })

  test('shows the direction of the metric, not of the harm', () => {
    const one = comparison(pairs(0.9, -1))
    expect(one.verdict).toBe('regressed')
    expect(one.effect_percent).toBeLessThan(-9)
    expect(one.interval_percent![0]).toBeLessThan(one.interval_percent![1])
  })

  test('is about bytes where bytes are what got worse', () => {
    const one = comparison(pairs(1, 1, 3))
    expect([one.base, one.head].map((value) => value?.toFixed(3))).toEqual(['1000.000', '3000.000'])
    expect(one).toMatchObject({
      verdict: 'regressed',
      metric: 'heap_bytes_per_call',
      findings: [{ code: 'guard_worse', facts: { metric: 'heap_bytes_per_call' } }],
    })
  })

  test('holds only numbers that JSON can hold, with one pair too', () => {
    const one = pairs(1).slice(0, 1)
    const [decision] = decide([{ id: 'a', threshold_percent: 5, stages: [one.map(pairedDifference)] }])
    const told = comparisonOf(decision!, { kept: one, removed: [], measured: [one] }, 'main')
    expect(told.verdict).toBe('inconclusive')
    expect(JSON.parse(JSON.stringify(told))).toEqual(told)
  })
})

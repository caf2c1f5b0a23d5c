import { expect, test } from 'vitest'
import { preparedCase } from '../../src/against/case-pairs.ts'
import { comparisonOf } from '../../src/against/comparison.ts'
import { decide } from '../../src/against/decide.ts'
import type { ProcessPair } from '../../src/against/process-summary.ts'
import { seededRandom } from '../../src/stats/random.ts'

const quiet = { steal_percent: 0, pressure_percent: 0, throttled_ms: 0, involuntary_switches: 0, load_average: 1 }

function stage(count: number, disturbed: readonly number[] = []): ProcessPair[] {
  return Array.from({ length: count }, (_, index) => {
    const steal_percent = disturbed.includes(index) ? 40 : 0
    const side = { metric: 'p10_time_ms', sign: 1, value: 1 + 0.001 * index, covariates: { ...quiet, steal_percent } } as const
    return { base: side, head: side }
  })
}

test('disturbed pairs are left out of their own stage, and numbered in the order measured', () => {
  const { pairs, kept, removed } = preparedCase('a', 5, [stage(8, [2]), stage(16, [0, 5])])
  expect(pairs.stages.map((one) => one.length)).toEqual([7, 14])
  expect(kept).toHaveLength(21)
  expect(removed.map(({ pair }) => pair)).toEqual([2, 8, 13])
})

test('a stage that follows changes nothing of the first', () => {
  const first = stage(8, [2])
  const alone = preparedCase('a', 5, [first]).pairs.stages[0]
  expect(preparedCase('a', 5, [first, stage(16, [0, 1, 2, 3])]).pairs.stages[0]).toEqual(alone)
})

test('the comparison says how many were left out, and why', () => {
  const prepared = preparedCase('a', 5, [stage(8, [2, 6])])
  const [decision] = decide([prepared.pairs])
  expect(comparisonOf(decision!, prepared, 'main')).toMatchObject({
    runs: 6,
    findings: [{ code: 'pairs_removed', facts: { removed: 2, of: 8, covariate: 'steal_percent', value: 40, usual: 0 } }],
  })
})

test('its pairs are enough to judge anew, with those in it that are left out', () => {
  const random = seededRandom(5)
  const measured = [8, 16].map((pairs) =>
    stage(pairs, [1, 5]).map(({ base, head }) => ({ base, head: { ...head, value: base.value * (1.1 + 0.02 * random()) } })),
  )
  const prepared = preparedCase('a', 5, measured)
  const [decision] = decide([prepared.pairs])
  const { verdict, effect_percent, pairs = [] } = comparisonOf(decision!, prepared, 'main')
  expect(pairs.flatMap(({ removed }, at) => (removed === 'steal_percent' ? [at] : []))).toEqual([1, 5, 9, 13])
  expect(pairs.map(({ stage }) => stage)).toEqual([...Array<number>(8).fill(0), ...Array<number>(16).fill(1)])
  const stages = [0, 1].map((stage) =>
    pairs
      .filter((pair) => pair.stage === stage && !pair.removed)
      .map(({ percent = Number.NaN }) => ({ main: Math.log1p(percent / 100), guards: {} })),
  )
  const [again] = decide([{ id: 'a', threshold_percent: 5, stages }])
  expect(again?.verdict).toBe(verdict)
  expect(Math.expm1(again!.main.effect.theta) * 100).toBeCloseTo(effect_percent!, 9)
})

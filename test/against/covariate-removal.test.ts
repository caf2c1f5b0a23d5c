import { describe, expect, test } from 'vitest'
import { removeDisturbed } from '../../src/against/covariate-removal.ts'
import type { ProcessPair } from '../../src/against/process-summary.ts'
import type { Covariates } from '../../src/model/measured.ts'

const quiet: Covariates = { steal_percent: 0, pressure_percent: 1, throttled_ms: 0, involuntary_switches: 10, load_average: 1 }

function pairs(count: number, disturbed: Record<number, Partial<Covariates>>, head = 1): ProcessPair[] {
  return Array.from({ length: count }, (_, index) => ({
    base: { metric: 'p10_time_ms', sign: 1, value: 1, covariates: quiet },
    head: { metric: 'p10_time_ms', sign: 1, value: head, covariates: { ...quiet, ...disturbed[index] } },
  }))
}

describe('pairs are left out', () => {
  test.each([
    ['steal_percent', 30, 0],
    ['pressure_percent', 60, 1],
    ['throttled_ms', 80, 0],
    ['involuntary_switches', 900, 10],
  ] as const)('where %s is far above the usual', (covariate, value, usual) => {
    const { kept, removed } = removeDisturbed(pairs(8, { 3: { [covariate]: value } }))
    expect(removed).toEqual([{ pair: 3, covariate, value, usual }])
    expect(kept).toHaveLength(7)
  })

  test('at most a quarter of them, the worst first', () => {
    const { removed } = removeDisturbed(pairs(8, { 0: { steal_percent: 20 }, 2: { steal_percent: 50 }, 5: { steal_percent: 90 } }))
    expect(removed.map(({ pair }) => pair)).toEqual([2, 5])
  })

  test('once each, however many covariates are high', () => {
    expect(removeDisturbed(pairs(8, { 1: { steal_percent: 40, throttled_ms: 500 } })).removed).toHaveLength(1)
  })
})

describe('pairs stay', () => {
  test('where the machine is equally busy all along', () => {
    const busy = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [index, { steal_percent: 30 + index }]))
    expect(removeDisturbed(pairs(8, busy)).removed).toEqual([])
  })

  test('where nothing is known of the machine', () => {
    const unknown = pairs(8, {}).map(({ base, head }) => ({
      base: { metric: base.metric, sign: base.sign, value: base.value },
      head: { metric: head.metric, sign: head.sign, value: head.value },
    }))
    expect(removeDisturbed(unknown)).toEqual({ kept: unknown, removed: [] })
  })
})

test('the times are never looked at', () => {
  const disturbed = { 3: { steal_percent: 30 }, 6: { steal_percent: 40 } }
  expect(removeDisturbed(pairs(8, disturbed, 100)).removed).toEqual(removeDisturbed(pairs(8, disturbed)).removed)
})

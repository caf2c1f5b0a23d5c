import { describe, expect, test } from 'vitest'
import { accumulators } from '../../src/sampling/aggregate.ts'
import { downsample } from '../../src/sampling/downsample.ts'
import { record } from '../../src/sampling/recorder.ts'
import type { Aggregation } from '../../src/sampling/sampler.ts'

function folded(aggregation: Aggregation, readings: readonly (readonly [at: number, value: number] | 'interrupt')[]): number | undefined {
  const accumulator = accumulators[aggregation]()
  for (const reading of readings) {
    if (reading === 'interrupt') accumulator.interrupt()
    else accumulator.push(...reading)
  }
  return accumulator.result()
}

describe('readings fold to', () => {
  test('a total: the growth of a counter', () => {
    expect(
      folded('total', [
        [0, 1000],
        [100, 1010],
        [200, 1050],
      ]),
    ).toBe(50)
    expect(
      folded('total', [
        [0, -30],
        [100, -10],
      ]),
    ).toBe(20)
  })

  test('a total that a dip does not make larger', () => {
    expect(
      folded('total', [
        [0, 100],
        [100, 150],
        [200, 120],
        [300, 160],
      ]),
    ).toBe(60)
  })

  test('a total over stretches, without what happened in between', () => {
    expect(folded('total', [[0, 0], [100, 10], 'interrupt', [500, 90], [600, 95]])).toBe(15)
  })

  test('a rate: growth a second', () => {
    expect(
      folded('rate', [
        [0, 0],
        [250, 10],
        [500, 50],
      ]),
    ).toBe(100)
    expect(folded('rate', [[0, 0], [100, 10], 'interrupt', [900, 50], [1000, 60]])).toBe(100)
  })

  test('a mean over time, not over readings', () => {
    expect(
      folded('mean', [
        [0, 10],
        [10, 10],
        [20, 10],
        [40, 10],
        [140, 10],
      ]),
    ).toBe(10)
    expect(
      folded('mean', [
        [0, 0],
        [900, 0],
        [1000, 20],
      ]),
    ).toBe(1)
    expect(folded('mean', [[0, 10], [100, 10], 'interrupt', [900, 90]])).toBe(10)
    expect(folded('mean', [[5, 7]])).toBe(7)
  })

  test('a peak and the last', () => {
    expect(
      folded('peak', [
        [0, 1],
        [1, 9],
        [2, 3],
      ]),
    ).toBe(9)
    expect(
      folded('last', [
        [0, 1],
        [1, 9],
        [2, 3],
      ]),
    ).toBe(3)
  })

  test('nothing, where there was nothing', () => {
    for (const aggregation of ['total', 'rate', 'mean', 'peak', 'last'] as const) expect(folded(aggregation, [])).toBeUndefined()
    expect(folded('rate', [[0, 5]])).toBeUndefined()
  })
})

describe('a recorder', () => {
  const metric = (aggregate: Aggregation) => record({ unit: 'n', better: 'lower', meaning: '', aggregate })

  test('begins a counter of the measured phase at its border', () => {
    const recorder = metric('total')
    recorder.push(0, 100)
    recorder.push(100, 300)
    recorder.measured(true)
    recorder.push(200, 350)
    recorder.measured(false)
    recorder.push(300, 900)
    expect(recorder.result(false)).toBe(50)
    expect(recorder.result(true)).toBe(800)
    expect(recorder.series('m', 0)).toEqual({ metric: 'm', unit: 'n', at_ms: [0, 100, 200, 300], values: [0, 200, 250, 800] })
  })

  test('leaves the peaks of other phases out', () => {
    const recorder = metric('peak')
    recorder.push(0, 900)
    recorder.measured(true)
    recorder.push(100, 10)
    recorder.measured(false)
    recorder.push(200, 700)
    expect(recorder.result(false)).toBe(10)
    expect(recorder.result(true)).toBe(900)
  })

  test('draws a rate as growth a second, and not over moments', () => {
    const recorder = metric('rate')
    for (const [at, value] of [
      [0, 0],
      [100, 5],
      [103, 15],
      [200, 25],
    ] as const)
      recorder.push(at, value)
    expect(recorder.series('m', 0)).toMatchObject({ at_ms: [100, 200], values: [50, 200] })
  })

  test('keeps 300 points of a long case', () => {
    const recorder = metric('peak')
    for (let at = 0; at < 50_000; at++) recorder.push(at * 100, at === 25_000 ? 1000 : 1)
    const { at_ms, values } = recorder.series('m', 0)
    expect(at_ms).toHaveLength(300)
    expect(at_ms[0]).toBe(0)
    expect(at_ms.at(-1)).toBe(4_999_900)
    expect(Math.max(...values)).toBe(1000)
  })
})

describe('downsampling', () => {
  test('keeps the ends and the peaks, in the order of time', () => {
    const at_ms = Array.from({ length: 1000 }, (_, index) => index)
    const values = at_ms.map((at) => (at === 333 ? 50 : at === 777 ? -50 : Math.sin(at / 50)))
    const curve = downsample({ at_ms, values }, 50)
    expect(curve.at_ms).toHaveLength(50)
    expect(curve.at_ms).toEqual([...new Set(curve.at_ms)].sort((a, b) => a - b))
    expect([curve.at_ms[0], curve.at_ms.at(-1)]).toEqual([0, 999])
    expect(curve.at_ms).toContain(333)
    expect(curve.at_ms).toContain(777)
  })

  test('leaves a short curve as it is', () => {
    const curve = { at_ms: [0, 1, 2], values: [5, 6, 7] }
    expect(downsample(curve, 3)).toBe(curve)
  })
})

import { describe, expect, test } from 'vitest'
import { changePoints, differenceSigma } from '../../src/stats/change-points.ts'
import { mserCut } from '../../src/stats/mser.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { groupMedians, steadyState } from '../../src/stats/steady-state.ts'
import { gaussian } from './simulated.ts'

/** Levels of so many values each, with noise of 1. */
function levels(seed: number, ...parts: [level: number, count: number][]): number[] {
  const normal = gaussian(seededRandom(seed))
  return parts.flatMap(([level, count]) => Array.from({ length: count }, () => level + normal()))
}

/** Cost by definition: squared deviations of each segment in units of the noise, and a penalty a change. */
function cost(values: readonly number[], changes: readonly number[], sigma: number, penalty: number): number {
  const starts = [0, ...changes]
  const squares = starts.map((start, index) => {
    const segment = values.slice(start, starts[index + 1])
    const mean = segment.reduce((sum, value) => sum + value, 0) / segment.length
    return segment.reduce((sum, value) => sum + ((value - mean) / sigma) ** 2, 0)
  })
  return squares.reduce((sum, value) => sum + value, 0) + penalty * changes.length
}

/** Every segmentation with segments of at least three, by brute force. */
function cheapest(values: readonly number[], sigma: number, penalty: number): number {
  const best = [0]
  for (let end = 1; end <= values.length; end++) {
    const costs = [Number.POSITIVE_INFINITY]
    for (let start = 0; start <= end - 3; start++) {
      costs.push((best[start] ?? Number.POSITIVE_INFINITY) + cost(values.slice(start, end), [], sigma, penalty) + (start > 0 ? penalty : 0))
    }
    best.push(Math.min(...costs))
  }
  return best.at(-1) ?? Number.NaN
}

describe('PELT', () => {
  test('finds steps where they are', () => {
    expect(changePoints(levels(1, [100, 40], [110, 30], [95, 30]))).toEqual([40, 70])
  })

  test('finds none in noise, in a hundred series', () => {
    const found = Array.from({ length: 100 }, (_, seed) => changePoints(levels(seed + 1, [100, 60]))).filter(
      (changes) => changes.length > 0,
    )
    expect(found.length).toBeLessThanOrEqual(5)
  })

  test('finds the segmentation of least cost, as trying all of them does', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const values = levels(seed, [10, 9], [12, 7], [11, 8], [14, 6])
      const found = changePoints(values, { sigma: 1, penalty: 4 })
      expect(cost(values, found, 1, 4)).toBeCloseTo(cheapest(values, 1, 4), 8)
    }
  })

  test('keeps segments at least as long as asked for', () => {
    const changes = [0, ...changePoints(levels(3, [100, 30], [130, 2], [100, 30]), { minimumSegment: 5 }), 62]
    expect(changes.slice(1).every((change, index) => change - (changes[index] ?? 0) >= 5)).toBe(true)
  })

  test('sees a step without any noise, and nothing in a constant', () => {
    expect(changePoints([1, 1, 1, 1, 2, 2, 2, 2])).toEqual([4])
    expect(changePoints([1, 1, 1, 1, 1, 1, 1, 1])).toEqual([])
    expect(changePoints([])).toEqual([])
  })

  test('estimates the noise on both sides of a step', () => {
    expect(differenceSigma(levels(5, [100, 500], [200, 500]))).toBeCloseTo(1, 1)
  })
})

describe('MSER-5', () => {
  test('cuts a warm-up at its end, or a little later', () => {
    const cuts = Array.from({ length: 50 }, (_, seed) => mserCut(levels(seed + 1, [150, 20], [100, 180])))
    expect(Math.min(...cuts)).toBe(20)
    expect(cuts.toSorted((a, b) => a - b)[25]).toBeLessThanOrEqual(40)
  })

  test('cuts by the rule, computed by hand', () => {
    // Medians of five: 9, 1, 3, 1, 3, 1, 3, 1, 3, 1. Var(y_k..)/(m-k): k=0 0.544, k=1 0.1097, k=2 0.125, ... rises.
    const medians = [9, 1, 3, 1, 3, 1, 3, 1, 3, 1]
    expect(mserCut(medians.flatMap((median) => new Array<number>(5).fill(median)))).toBe(5)
  })

  test('takes no pause for a warm-up, wherever in the series it falls', () => {
    for (let seed = 1; seed <= 20; seed++) {
      for (const at of [150, 152, 249, 300]) expect(mserCut(levels(seed, [100, 500]).with(at, 2100))).toBeLessThanOrEqual(at)
    }
  })

  test('cuts at most half, and nothing of a few values or a constant', () => {
    const falling = Array.from({ length: 100 }, (_, index) => 1000 - index ** 2 / 10)
    expect(mserCut(falling)).toBeLessThanOrEqual(50)
    expect(mserCut([9, 9, 9, 1, 1, 1])).toBe(0)
    expect(mserCut(new Array<number>(100).fill(4))).toBe(0)
  })
})

describe('steady state', () => {
  test.for([
    ['flat', [[100, 400]]],
    ['warm-up', [[130, 100], [100, 300]]], // prettier-ignore
    ['slow-down', [[100, 100], [130, 300]]], // prettier-ignore
    ['no steady state', [[100, 250], [130, 150]]], // prettier-ignore
    ['flat', [[100, 80], [120, 80], [100, 240]]], // prettier-ignore
    ['unknown', [[100, 19]]],
  ] as [string, [number, number][]][])('%s: %j', ([label, parts]) => {
    expect(steadyState(levels(9, ...parts)).label).toBe(label)
  })

  test('says by how much the level changed', () => {
    expect(steadyState(levels(9, [130, 100], [100, 300])).change_percent).toBeCloseTo(-23, 0)
  })

  test('does not mind a change below 2 %', () => {
    expect(steadyState(levels(9, [1000, 200], [1015, 200])).label).toBe('flat')
  })

  test('groups all values, the rest in the last group', () => {
    expect(groupMedians([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1.5, 3.5, 6])
  })
})

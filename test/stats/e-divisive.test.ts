import { describe, expect, test } from 'vitest'
import { normal } from '../../bench/self/noise-models.ts'
import { changePoints } from '../../src/stats/change-points.ts'
import { eDivisive } from '../../src/stats/e-divisive.ts'
import { pooledT } from '../../src/stats/pooled-t.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { robustSpread } from '../../src/stats/robust-spread.ts'
import { winsorise } from '../../src/stats/winsorise.ts'

const random = seededRandom(8)
const noise = (count: number, level = 0): number[] => Array.from({ length: count }, () => level + normal(random))

describe('E-divisive', () => {
  test('finds the places where the level changes', () => {
    const found = eDivisive([...noise(40), ...noise(30, 5), ...noise(50, -3)])
    expect(found).toHaveLength(2)
    for (const [index, at] of [40, 70].entries()) expect(Math.abs(found[index]! - at)).toBeLessThanOrEqual(2)
  })

  test('finds steps in a history much longer than its window, as PELT does', () => {
    const values = [100, 230, 260, 400].flatMap((_, index, ends) => noise(ends[index]! - (ends[index - 1] ?? 0), 4 * (index % 2)))
    const found = eDivisive(values)
    const other = changePoints(values)
    expect(found).toHaveLength(3)
    for (const [index, at] of other.entries()) expect(Math.abs(found[index]! - at)).toBeLessThanOrEqual(2)
  })

  test('finds nothing in noise, in equal values, or in too few', () => {
    const wrong = Array.from({ length: 40 }, () => eDivisive(noise(200)).length > 0).filter(Boolean).length
    expect(wrong).toBeLessThanOrEqual(2)
    expect(eDivisive(Array.from({ length: 60 }, () => 1))).toEqual([])
    expect(eDivisive([1, 2, 3])).toEqual([])
    expect(eDivisive([])).toEqual([])
  })

  test('finds a step between equal values, and none in a single last value', () => {
    const values = [...Array.from({ length: 20 }, () => 1), 2, 2, 2]
    expect(eDivisive(values)).toEqual([20])
    expect(eDivisive(values.slice(0, 21))).toEqual([])
  })
})

test('the pooled t is the difference over its error, and its p value that of the published table', () => {
  // Means 3 and 6.5, squares 10 and 17.5: 3.5 / sqrt(27.5 / 9 (1/5 + 1/6)).
  expect(pooledT([1, 2, 3, 4, 5], [4, 5, 6, 7, 8, 9]).t).toBeCloseTo(3.3066, 4)
  // t of 4 degrees of freedom: 2.776 at 5 %, 4.604 at 1 %.
  const shifted = (t: number): number[] => [-1, 0, 1].map((value) => value + t * Math.sqrt(2 / 3))
  expect(pooledT([-1, 0, 1], shifted(2.776)).p).toBeCloseTo(0.05, 4)
  expect(pooledT([-1, 0, 1], shifted(-4.604)).p).toBeCloseTo(0.01, 4)
  expect(pooledT([1], [2])).toEqual({ t: 0, p: 1 })
  expect(pooledT([2, 2, 2], [2, 2, 2])).toEqual({ t: 0, p: 1 })
  expect(pooledT([2, 2, 2], [3, 3, 3])).toMatchObject({ p: 0 })
})

describe('winsorising', () => {
  test('pulls in a lone spike and leaves a step', () => {
    const flat = Array.from({ length: 21 }, (_, index) => 10 + 0.1 * (index % 3))
    const spiked = flat.with(10, 50)
    const calm = winsorise(spiked)
    expect(calm[10]).toBeLessThan(11)
    expect(calm.with(10, 0)).toEqual(spiked.with(10, 0))
    const step = flat.map((value, index) => (index >= 10 ? value + 5 : value))
    for (const [index, value] of winsorise(step).entries()) expect(Math.abs(value - step[index]!)).toBeLessThan(0.5)
  })

  test('cuts hardly anything of plain noise', () => {
    const values = noise(1000)
    const cut = winsorise(values).filter((value, index) => value !== values[index]).length
    expect(cut).toBeLessThan(60)
  })
})

test('the robust spread of normal values is their standard deviation, and one wild value does not change it', () => {
  const values = noise(2000)
  expect(robustSpread(values)).toBeCloseTo(1, 1)
  expect(robustSpread([1, 2, 3, 4, 1000])).toBeCloseTo(1.4826)
  expect(robustSpread([5])).toBe(0)
})

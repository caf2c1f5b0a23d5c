import { describe, expect, it } from 'vitest'
import type { CapacityOptions } from '../../src/model/declared.ts'
import { isMet, readObjective } from '../../src/author/objective.ts'
import { capacitySubject, partsOf, scaleSubject, usersSubject } from '../../src/author/series.ts'

const levels = { data_scales: [100, 10], concurrent_users: [1, 5] }
const setup = (n: number) => n

describe('the sizes of a scale case', () => {
  it('are measured from small to large, and come from the config where none are given', () => {
    expect(scaleSubject('a', { over: [100, 1, 10], setup }, () => 1, levels).over).toEqual([1, 10, 100])
    expect(scaleSubject('a', { setup }, () => 1, levels).over).toEqual([10, 100])
    expect(usersSubject('a', { path: '/' }, {}, levels).over).toEqual([1, 5])
  })

  it.each([[[]], [[1, 1]], [[0, 1]], [[1.5]], [[Number.NaN]], [[-1]]])('are not %j', (over) => {
    expect(() => scaleSubject('a', { over, setup }, () => 1, levels)).toThrow(
      /over of "a" is .*distinct whole numbers.*\[OPTION_INVALID\]/s,
    )
  })

  it('give the case time for each of them', () => {
    expect(partsOf(usersSubject('a', { path: '/' }, { over: [1, 2, 3] }, levels))).toBe(3)
  })

  it('need a setup and a body', () => {
    expect(() => scaleSubject('a', {} as never, () => 1, levels)).toThrow(/bench.scale\(name, \{ over, setup/)
    expect(() => scaleSubject('a', { setup }, undefined as never, levels)).toThrow(/OPTION_INVALID/)
  })
})

describe('users and capacity', () => {
  it('refuse the shape of the load, which they decide themselves', () => {
    expect(() => usersSubject('a', { path: '/' }, { connections: 5 } as never, levels)).toThrow(/decides connections itself/)
    expect(() => capacitySubject('a', { path: '/' }, { keep: 'p99_time_ms < 5', rate: 5 } as never)).toThrow(/decides rate itself/)
  })

  it.each<[string, Partial<CapacityOptions>]>([
    ['no objective', { keep: [] }],
    ['a highest rate below the lowest', { from: 100, to: 50 }],
    ['a rate of nothing', { from: 0 }],
    ['steps that stand still', { step: 1 }],
    ['one repetition', { repeats: 1 }],
  ])('refuse %s', (_, options) => {
    expect(() => capacitySubject('a', { path: '/' }, { keep: 'p99_time_ms < 5', ...options })).toThrow(/OPTION_INVALID/)
  })
})

describe('an objective', () => {
  it('is read as it is written', () => {
    expect(readObjective('a', ' p99_time_ms<  50.5')).toEqual({ text: 'p99_time_ms < 50.5', metric: 'p99_time_ms', sign: '<', limit: 50.5 })
  })

  it.each<['<' | '<=' | '>' | '>=', number, boolean]>([
    ['<', 5, false],
    ['<=', 5, true],
    ['>', 5, false],
    ['>=', 5, true],
    ['<', 4, true],
    ['>', 6, true],
    ['<', Number.NaN, false],
  ])('x %s 5 for %d is %s', (sign, value, met) => {
    expect(isMet(readObjective('a', `p99_time_ms ${sign} 5`), value)).toBe(met)
  })

  it.each(['p99_time_ms', 'p99_time_ms < fast', 'p99_tmie_ms < 5', 'cpu_percent < 5', 'capacity_rps > 5', 7])('is not %s', (text) => {
    expect(() => readObjective('a', text)).toThrow(/objective .* of "a" cannot be read.*OPTION_INVALID/s)
  })
})

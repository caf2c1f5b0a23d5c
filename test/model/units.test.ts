import { describe, expect, it } from 'vitest'
import { toMilliseconds } from '../../src/model/units.ts'

describe('a length of time', () => {
  it.each([
    [250, 250],
    ['250ms', 250],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['5 s', undefined],
    ['soon', undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])('%s is %s milliseconds', (written, ms) => {
    expect(toMilliseconds(written as never)).toBe(ms)
  })
})

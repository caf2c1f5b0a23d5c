import { describe, expect, test } from 'vitest'
import { change, changeRange, counted, elapsed, integer, moment, number, quantity, range, spread } from '../../src/report/format.ts'

describe('numbers in reports', () => {
  test.each([
    [1.23456, '1.23'],
    [12.3456, '12.3'],
    [123.456, '123'],
    [12345.6, '12,346'],
    [0.00123, '0.00123'],
    [1000, '1,000'],
    [100, '100'],
    [0, '0'],
    [-4.5, '−4.5'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d is written %s', (value, text) => {
    expect(number(value)).toBe(text)
  })

  test.each([
    [1.2, 'ms', '1.2 ms'],
    [0.000644, 'ms', '644 ns'],
    [0.0123, 'ms', '12.3 µs'],
    [0.0000017, 'ms', '1.7 ns'],
    [1500, 'ms', '1.5 s'],
    [0.9999996, 'ms', '1 ms'],
    [644, 'ns', '644 ns'],
    [56, 'MB', '56 MB'],
    [1536, 'MB', '1.5 GB'],
    [640, 'B', '640 B'],
    [4096, 'B', '4 kB'],
    [2.5, 'MB/min', '2.5 MB/min'],
    [12345, '1/s', '12,345/s'],
    [1_553_000, '1/s', '1.55 M/s'],
    [99.95, '%', '99.95 %'],
    [99.9999, '%', '99.9999 %'],
    [100, '%', '100 %'],
    [0, 'ms', '0 ms'],
    [3, 'count', '3'],
    [0.83, 'nDCG', '0.83 nDCG'],
    [0.5, 'constructor', '0.5 constructor'],
    [Number.NaN, 'ms', '–'],
  ])('%d of unit %s is written %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text)
  })

  test('a success rate just below 100 % is not rounded up to it', () => {
    for (const rate of [99.5, 99.99, 99.999, 99.99999]) expect(quantity(rate, '%')).not.toBe('100 %')
  })

  test('an interval has one unit and equal digits', () => {
    expect(range(1.2, 1.26, 'ms')).toBe('1.20 – 1.26 ms')
    expect(range(0.00098, 0.00102, 'ms')).toBe('0.98 – 1.02 µs')
    expect(range(9000, 10000, '1/s')).toBe('9,000 – 10,000/s')
    expect(range(99.97, 100, '%')).toBe('99.97 – 100.00 %')
    expect(range(5, 5, 'ms')).toBe('5.00 – 5.00 ms')
    expect(range(1, Number.NaN, 'ms')).toBe('–')
  })

  test('a spread is the wider side of the interval', () => {
    expect(spread(100, 99, 102.4)).toBe('±2.4 %')
    expect(spread(100, 100, 100)).toBe('±0.1 %')
    expect(spread(0, -1, 1)).toBe('')
  })

  test('a change always has its sign', () => {
    expect(change(4.21)).toBe('+4.2 %')
    expect(change(-11.26)).toBe('−11.3 %')
    expect(change(0)).toBe('0.0 %')
    expect(change(-0.01)).toBe('0.0 %')
    expect(change(1234.5)).toBe('+1,235 %')
    expect(changeRange(-1.1, 9.6)).toBe('[−1.1, +9.6]')
  })

  test('times of day and lengths of time are the same on every machine', () => {
    expect(moment(Date.UTC(2026, 9, 5, 21, 14))).toBe('2026-10-05 21:14:00 UTC')
    expect([850, 31_200, 125_000, 7_260_000].map(elapsed)).toEqual(['850 ms', '31.2 s', '2 min 5 s', '2 h 1 min'])
  })

  test('one of a thing is not many', () => {
    expect([counted(1, 'case'), counted(0, 'case'), counted(1200, 'case')]).toEqual(['1 case', '0 cases', '1,200 cases'])
    expect(integer(1e6)).toBe('1,000,000')
  })
})

import { describe, expect, it } from 'vitest'
import { foldOptions } from '../../src/author/fold-options.ts'

describe('options of a case', () => {
  it('have defaults by kind', () => {
    expect(foldOptions('function', 'a', [])).toEqual({ timeMs: 500, warmupMs: 200, timeoutMs: 60_000, retry: 0, intervalMs: 100, tags: [] })
    expect(foldOptions('http', 'a', []).timeMs).toBe(5_000)
  })

  it('fold from the config through the suites to the case, the nearest wins', () => {
    const folded = foldOptions('function', 'a', [
      { time: '1s', iterations: 10 },
      { time: '2s', tags: ['suite'] },
      { time: 30, tags: ['case'] },
    ])
    expect(folded).toMatchObject({ timeMs: 30, iterations: 10, tags: ['suite', 'case'] })
  })

  it('are not undone by an option that is given as undefined', () => {
    expect(foldOptions('function', 'a', [{ time: '2s' }, { time: undefined as never }]).timeMs).toBe(2_000)
  })

  it('take the id from the case alone', () => {
    expect(foldOptions('function', 'a', [{ id: 'suite' }, {}])).not.toHaveProperty('id')
    expect(foldOptions('function', 'a', [{ id: 'suite' }, { id: 'own' }])).toHaveProperty('id', 'own')
  })

  it('leave time for a long case to finish before its timeout', () => {
    expect(foldOptions('http', 'a', [{ time: '5m' }]).timeoutMs).toBe(300_000 + 1_000 + 30_000)
    expect(foldOptions('http', 'a', [{ time: '5m', timeout: '10s' }]).timeoutMs).toBe(10_000)
  })

  it.each([
    ['a time that is none', { time: 'soon' }, /option time of "a" is "soon"/],
    ['a negative time', { time: -1 }, /option time/],
    ['half an iteration', { iterations: 0.5 }, /iterations of "a" is 0.5; it must be a whole number of 1 or more/],
    ['an interval below 10 ms', { monitoring_interval_ms: 1 }, /between 10 and 60000/],
    ['a threshold of nothing', { regression_threshold_percent: 0 }, /above 0/],
  ])('refuse %s and say what is allowed', (_, options, message) => {
    expect(() => foldOptions('function', 'a', [options as never])).toThrow(message)
  })
})

describe('a quick run', () => {
  it('takes a tenth of times and warm-ups, and half a second of a load where that was wanted', () => {
    const quick = (kind: 'http' | 'function', options: object) => {
      const { timeMs, warmupMs } = foldOptions(kind, 'x', [options], 1, 0.1)
      return [timeMs, warmupMs]
    }
    expect(quick('function', { time: '1s', warmup: '100ms' })).toEqual([100, 10])
    expect(quick('http', { time: '10s', warmup: '1s' })).toEqual([1000, 100])
    expect(quick('http', { time: '2s' })).toEqual([500, 100])
    expect(quick('http', { time: '300ms' })).toEqual([300, 100])
  })
})

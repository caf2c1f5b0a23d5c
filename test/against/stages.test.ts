import { describe, expect, test } from 'vitest'
import { decide } from '../../src/against/decide.ts'
import type { CasePairs } from '../../src/against/evidence.ts'
import { firstStage } from '../../src/against/first-stage.ts'
import { callable, spent } from '../../src/against/multiplicity.ts'
import { nextStage } from '../../src/against/next-stage.ts'
import type { PairedDifference } from '../../src/against/paired-difference.ts'
import { guardNames } from '../../src/against/rule.ts'

/** Pairs around `percent`, spread evenly by +- `spread` percent. */
function around(percent: number, count: number, spread: number, guards: PairedDifference['guards'] = {}): PairedDifference[] {
  return Array.from({ length: count }, (_, index) => ({
    main: Math.log1p((percent + spread * ((2 * index + 1) / count - 1)) / 100),
    guards,
  }))
}

function pairsOf(...stages: PairedDifference[][]): CasePairs {
  return { id: 'a', threshold_percent: 5, stages }
}

describe('the first stage', () => {
  test('settles what is surely below the threshold', () => {
    expect(firstStage(pairsOf(around(0, 8, 2)))).toEqual({ next: 'settled' })
  })

  test.each([
    ['an estimate that looks slower', around(4, 8, 0.5)],
    ['an estimate that looks faster', around(-4, 8, 0.5)],
    ['noise that hides the threshold', around(0, 8, 12)],
  ])('goes on for %s', (_, first) => {
    expect(firstStage(pairsOf(first))).toEqual({ next: 'go on', because: ['main'] })
  })

  test('goes on for the first sign of a guard', () => {
    const first = around(0, 8, 2, { heap_bytes_per_call: Math.log(3) })
    expect(firstStage(pairsOf(first))).toEqual({ next: 'go on', because: ['heap_bytes_per_call'] })
  })

  test('calls nothing slower, however clear it looks', () => {
    expect(decide([pairsOf(around(50, 8, 1))])).toMatchObject([{ verdict: 'inconclusive' }])
  })
})

describe('the second stage', () => {
  const slow = around(6, 8, 2)

  test('calls a slow-down that fresh pairs confirm', () => {
    const [decision] = decide([pairsOf(slow, around(6, 16, 2))])
    expect(decision).toMatchObject({ verdict: 'regressed', figure: 'main', pairs: 24 })
    expect(decision?.main.effect.theta).toBeCloseTo(Math.log(1.06), 3)
  })

  test('calls none that was in the first pairs only', () => {
    expect(decide([pairsOf(around(60, 8, 2), around(0, 16, 2))])[0]?.verdict).not.toBe('regressed')
  })

  test('calls an improvement by the same rule', () => {
    expect(decide([pairsOf(around(-6, 8, 2), around(-6, 16, 2))])).toMatchObject([{ verdict: 'improved' }])
  })

  test('calls no change below six tenths of the threshold, however sure', () => {
    expect(decide([pairsOf(around(2.5, 8, 0.1), around(2.5, 16, 0.1))])).toMatchObject([{ verdict: 'unchanged' }])
  })

  test('leaves open what is too noisy, and says how many pairs are missing', () => {
    const [decision] = decide([pairsOf(around(2, 8, 30), around(2, 16, 30))])
    expect(decision?.verdict).toBe('inconclusive')
    expect(decision?.further_pairs).toBeGreaterThan(50)
  })

  test('names the guard that is worse while the time is not', () => {
    const guards = { heap_bytes_per_call: Math.log(3), avg_time_ms: 0 }
    const [decision] = decide([pairsOf(around(0, 8, 2, guards), around(0, 16, 2, guards))])
    expect(decision).toMatchObject({ verdict: 'regressed', figure: 'heap_bytes_per_call', main: { verdict: 'unchanged' } })
  })

  test('keeps a proven improvement of time although it costs bytes, and drops it where the mean is worse', () => {
    const verdict = (guards: PairedDifference['guards']) =>
      decide([pairsOf(around(-9, 8, 1, guards), around(-9, 16, 1, guards))])[0]?.verdict
    expect(verdict({ heap_bytes_per_call: Math.log(3) })).toBe('improved')
    expect(verdict({ avg_time_ms: Math.log(1.5) })).toBe('regressed')
  })
})

describe('stages', () => {
  test('have 8 pairs, then 16 where needed, then what settles the case, up to 48', () => {
    expect(nextStage(pairsOf())).toBe(8)
    expect(nextStage(pairsOf(around(0, 8, 2)))).toBe(0)
    const twice = pairsOf(around(2, 8, 15), around(2, 16, 15))
    expect(nextStage(pairsOf(around(0, 8, 12)))).toBe(16)
    const [open] = decide([twice])
    expect(open?.verdict).toBe('inconclusive')
    expect(nextStage(twice, open)).toBe(Math.min(24, open!.further_pairs!))
    expect(nextStage(twice, open, { most_pairs: 24 })).toBe(0)
  })

  test('end where the pairs left would not settle it', () => {
    const hopeless = pairsOf(around(2, 8, 40), around(2, 16, 40))
    expect(nextStage(hopeless, decide([hopeless])[0])).toBe(0)
  })

  test('no pair was usable: the case has no verdict rather than a wrong one', () => {
    expect(decide([pairsOf([]), pairsOf()])).toEqual([])
  })
})

describe('the error budget', () => {
  test('is never overspent, whatever the number of looks and guards', () => {
    const looks = Array.from({ length: 30 }, (_, index) => index + 2)
    const figures = ['main', ...guardNames] as const
    const total = figures.reduce((sum, figure) => sum + looks.reduce((part, look) => part + spent(look, figure), 0), 0)
    expect(total).toBeLessThanOrEqual(1)
    expect(total).toBeGreaterThan(0.95)
  })

  test('of a suite gets tighter with its size: the same p value is enough for one case and not among fifty', () => {
    const trial = { p: 0.0003, looks: 2 }
    const others = Array.from({ length: 49 }, () => ({ p: 0.5, looks: 2 }))
    expect(callable([trial], 'main')[0]?.called).toBe(true)
    expect(callable([trial, ...others], 'main')[0]?.called).toBe(false)
  })

  test('is shared out by Benjamini-Hochberg: several small p values carry each other', () => {
    const small = Array.from({ length: 10 }, () => ({ p: 0.0003, looks: 2 }))
    const others = Array.from({ length: 40 }, () => ({ p: 0.5, looks: 2 }))
    expect(callable([...small, ...others], 'main').map(({ called }) => called)).toEqual([
      ...small.map(() => true),
      ...others.map(() => false),
    ])
  })

  test('counts cases that the first stage settled as tested with p = 1', () => {
    expect(callable([{ p: 1e-9, looks: 1 }], 'main')).toEqual([{ called: false, adjusted_p: 1 }])
  })
})

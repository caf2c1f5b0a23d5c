import { describe, expect, test } from 'vitest'
import { disagreement } from '../../src/baseline/agreement.ts'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import { nextBaseline } from '../../src/baseline/store.ts'
import { finding } from '../../src/model/finding.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { measured, samples } from '../gates/make-case.ts'
import { absent, judgedRun } from './make-run.ts'

const random = seededRandom(7)
/** Nanoseconds with 2 % of noise, after a factor by place. */
const times = (count: number, factor: (at: number) => number): number[] =>
  Array.from({ length: count }, (_, at) => 1e6 * factor(at) * (1 + 0.04 * (random() - 0.5)))
const timed = (values: readonly number[], batch = 100, findings: Parameters<typeof measured>[2] = {}) =>
  measured('a', { p50_time_ms: 1 }, { kind: 'function', measurement: samples([...values], batch), ...findings })

describe('a run of a case agrees with itself', () => {
  test('where both halves of its samples are at one level', () => {
    expect(disagreement(timed(times(200, () => 1)), 5)).toBeUndefined()
  })

  test('also beside a neighbour that slows many batches: the fast ones tell', () => {
    const beside = times(200, (at) => (at % 3 === 0 ? 1 : 1.4))
    expect(disagreement(timed(beside), 5)).toBeUndefined()
  })

  test('where chance explains how far its halves are apart', () => {
    const wide = Array.from({ length: 60 }, () => 1e6 * (1 + random()))
    expect(disagreement(timed(wide, 1), 1)).toBeUndefined()
  })

  test('where no steady state was found, as long as the level stays', () => {
    const findings = [finding('no_steady_state', { shape: 'no steady state', change_percent: 12 })]
    expect(
      disagreement(
        timed(
          times(200, () => 1),
          100,
          { findings },
        ),
        5,
      ),
    ).toBeUndefined()
  })

  test('where its samples are too few to say', () => {
    expect(disagreement(timed(times(8, (at) => 1 + at)), 5)).toBeUndefined()
  })
})

describe('a run of a case does not agree with itself', () => {
  test.each([1.2, 0.83])('where its level changes in the middle by a factor of %d', (factor) => {
    expect(disagreement(timed(times(200, (at) => (at < 100 ? 1 : factor))), 5)).toMatch(/^its halves are (19|2[01])\.\d % apart/)
  })

  test('where its body may have been optimised away', () => {
    expect(
      disagreement(
        timed(
          times(200, () => 1),
          100,
          { findings: [finding('optimised_away', { growth: 1 })] },
        ),
        5,
      ),
    ).toContain('optimised')
  })
})

describe('the baseline', () => {
  const compared = (...cases: Parameters<typeof compareWithBaseline>[0]) =>
    judgedRun(compareWithBaseline(cases, absent, { threshold_percent: 5, fingerprint: 'here' }))
  const wild = { ...timed(times(200, (at) => (at < 100 ? 1 : 1.5))) }
  const calm = measured('calm', { p50_time_ms: 2 })

  test('takes the cases that agree, and says why the others were left out', () => {
    const next = nextBaseline(absent, compared(wild, calm), { allowed: true })
    if (next.state !== 'updated') throw new Error(next.reason)
    expect(Object.keys(next.baseline.environments[0]?.cases ?? {})).toEqual(['calm'])
    expect(next.left_out).toEqual([{ id: 'a', reason: expect.stringContaining('its halves are') as string }])
  })

  test('stays as it was where no case agrees, and takes all where it is forced to', () => {
    expect(nextBaseline(absent, compared(wild), { allowed: true })).toMatchObject({
      state: 'kept',
      reason: expect.stringMatching(/^no case can become part of it; a: /),
    })
    expect(nextBaseline(absent, compared(wild), { allowed: true, force: true })).toMatchObject({ state: 'updated', left_out: [] })
  })
})

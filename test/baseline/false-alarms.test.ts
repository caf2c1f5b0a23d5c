import { describe, expect, test } from 'vitest'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import { measured } from '../gates/make-case.ts'
import { baselineOf, recorded } from './make-run.ts'

/** Mulberry32: small, seeded, good enough for coverage simulations. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

const trials = 2000

/** How often a run whose code is slower by `change` is called a regression, in percent. */
function called(runs: number, noise: number, change: number): number {
  const uniform = random(1 + runs * 100 + noise * 1e4)
  const time = (factor: number): number => 100 * factor * Math.exp(noise * normal(uniform))
  let regressed = 0
  for (let i = 0; i < trials; i++) {
    const reading = baselineOf({ a: { p50_time_ms: recorded(...Array.from({ length: runs }, () => time(1))) } })
    const head = measured('a', { p50_time_ms: time(1 + change) })
    const { cases } = compareWithBaseline([head], reading, { threshold_percent: 5, fingerprint: 'here' })
    if (cases[0]!.comparison?.verdict === 'regressed') regressed++
  }
  return (100 * regressed) / trials
}

describe.each([0.02, 0.03, 0.04])('with a noise of %d between runs', (noise) => {
  test.each([1, 2, 5, 10, 20])('and %i earlier runs, unchanged code is called slower in at most 1.5 of 100 runs', (runs) => {
    expect(called(runs, noise, 0)).toBeLessThanOrEqual(1.5)
  })
})

test('one earlier run calls 5 % slower code a regression in less than 1 % of runs, and 30 % nearly always', () => {
  expect(called(1, 0.03, 0.05)).toBeLessThan(1)
  expect(called(1, 0.03, 0.3)).toBeGreaterThan(90)
})

test('twenty earlier runs on a quiet machine find 8 % nearly always, and on a noisy one 20 % mostly', () => {
  expect(called(20, 0.01, 0.08)).toBeGreaterThan(95)
  expect(called(20, 0.04, 0.2)).toBeGreaterThan(90)
})

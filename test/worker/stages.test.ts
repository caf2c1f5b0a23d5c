import { expect, test } from 'vitest'
import { withStages } from '../../src/worker/measured-case.ts'

const sampled = [
  { name: 'warm-up', from_ms: 300, to_ms: 500 },
  { name: 'measure', from_ms: 500, to_ms: 1500 },
  { name: 'done', from_ms: 1500, to_ms: 1600 },
]

test('stages of a load move to the clock of the sampling, by the measured phase that both know', () => {
  const load = [
    { name: 'warm-up', from_ms: 0, to_ms: 200 },
    { name: 'measure', from_ms: 200, to_ms: 1203 },
    { name: 'stage 1: 0 to 10/s', from_ms: 200, to_ms: 700 },
    { name: 'stage 2: 10/s', from_ms: 700, to_ms: 1203 },
  ]
  const [warmUp, measured, done] = sampled
  expect(withStages(sampled, load)).toEqual([
    warmUp,
    measured,
    { name: 'stage 1: 0 to 10/s', from_ms: 500, to_ms: 1000 },
    { name: 'stage 2: 10/s', from_ms: 1000, to_ms: 1500 },
    done,
  ])
})

test('without a measured phase on both sides nothing is known of stages', () => {
  expect(withStages(sampled, [])).toEqual(sampled)
  expect(withStages([], [{ name: 'measure', from_ms: 0, to_ms: 1 }])).toEqual([])
})

import { expect, it } from 'vitest'
import { bottleneck } from '../../src/stats/bottleneck.ts'

const factsOf = (levels: Parameters<typeof bottleneck>[0]) => bottleneck(levels)?.facts

it('is the resource that is full at the lowest number of users', () => {
  expect(
    factsOf([
      { n: 10, busy: { loop: 0.95, cores: 0.6 } },
      { n: 1, busy: { loop: 0.3, cores: 0.2 } },
      { n: 50, busy: { loop: 0.96, cores: 0.99 } },
    ]),
  ).toEqual({ resource: 'loop', users: 10, percent: 95, full: true, next: 'cores, 60 %' })
})

it('is the nearest one at the largest number where none is full, and says so', () => {
  expect(
    factsOf([
      { n: 1, busy: { loop: 0.5, cores: 0.2 } },
      { n: 4, busy: { loop: 0.25, cores: 0.75 } },
    ]),
  ).toEqual({ resource: 'cores', users: 4, percent: 75, full: false, next: 'loop, 25 %' })
})

it('is not said where nothing was sampled', () => {
  expect(bottleneck([{ n: 1 }, { n: 2, busy: {} }])).toBeUndefined()
})

import { describe, expect, test } from 'vitest'
import { compareFunctions } from '../../src/measure/compare-functions.ts'
import { relativeTime } from '../../src/stats/relative.ts'
import { functionSpec, mostRunsShow, spin, step } from './function-spec.ts'

/** Another program may take the core from one side for a whole turn, or for the whole budget. */
const disturbable = { retry: 2 }

describe('turns', () => {
  test('go there and back: A B C, C B A', async () => {
    const order: string[] = []
    const named = (name: string) =>
      functionSpec(
        () => {
          if (order.at(-1) !== name) order.push(name)
          spin(1)
        },
        { name, warmupMs: 0 },
      )
    await compareFunctions([named('A'), named('B'), named('C')])
    // Preparation goes through A, B and C once; after that a case that ends one round begins the next, so its name stands once.
    expect(order.slice(0, 10).join('')).toBe('ABCABCBABC')
  })

  test('every case has the same number of them, marked by the index of their first sample', disturbable, async () => {
    const [quick, slow] = await compareFunctions([functionSpec(step()), functionSpec(() => spin(3))])
    const starts = quick?.measurement.block_starts ?? []
    expect(starts.length).toBeGreaterThanOrEqual(6)
    expect(slow?.measurement.block_starts?.length).toBe(starts.length)
    expect(starts[0]).toBe(0)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(new Set(starts).size).toBe(starts.length)
    expect(starts.at(-1)).toBeLessThan(quick?.measurement.ns_per_call.length ?? 0)
  })

  test('calls that are long for their budget are still compared in six', disturbable, async () => {
    // They wait instead of working, which takes as long on a busy machine.
    const waits = (ms: number) => functionSpec(() => new Promise((resolve) => setTimeout(resolve, ms)), { timeMs: 120 })
    const [a, b] = await compareFunctions([waits(16), waits(32)])
    if (!a || !b) throw new Error('two cases were measured')
    expect(a.measurement.block_starts?.length).toBeGreaterThanOrEqual(6)
    const { point } = relativeTime(a.measurement, b.measurement)
    expect(point).toBeGreaterThan(1.5)
    expect(point).toBeLessThan(3)
  })
})

test('a body twice as long takes twice the time, with an interval around it', async () => {
  const isTwice = await mostRunsShow(async () => {
    const [base, other] = await compareFunctions([
      functionSpec(() => spin(0.5), { timeMs: 200 }),
      functionSpec(() => spin(1), { timeMs: 200 }),
    ])
    if (!base || !other) throw new Error('two cases were measured')
    const { point, low, high } = relativeTime(base.measurement, other.measurement)
    expect(low).toBeLessThanOrEqual(point)
    expect(high).toBeGreaterThanOrEqual(point)
    return point > 1.7 && point < 2.3
  })
  expect(isTwice).toBe(true)
})

test('setup and teardown of each case run once', async () => {
  const events: string[] = []
  const noted = (name: string) =>
    functionSpec(step(), { name, setup: () => events.push(`setup ${name}`), teardown: () => events.push(`teardown ${name}`) })
  await compareFunctions([noted('A'), noted('B')])
  expect(events).toEqual(['setup A', 'setup B', 'teardown A', 'teardown B'])
})

test('nothing to compare gives nothing', async () => {
  expect(await compareFunctions([])).toEqual([])
})

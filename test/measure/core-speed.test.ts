import { expect, test } from 'vitest'
import { fastestProbe, probeCore } from '../../src/measure/core-speed.ts'
import { mostRunsShow } from './function-spec.ts'

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

test('the probe is short, and no probe is shorter than the fastest', () => {
  const probes = Array.from({ length: 50 }, probeCore)
  expect(Math.min(...probes)).toBeGreaterThanOrEqual(fastestProbe())
  expect(fastestProbe()).toBeGreaterThan(1e3)
  expect(fastestProbe()).toBeLessThan(1e6)
})

test('the probe of a core of its own takes as long after a body that has emptied the caches', async () => {
  const large = new Int32Array(8 * 1024 * 1024)
  const takesAsLong = async (): Promise<boolean> => {
    const probes = Array.from({ length: 20 }, () => {
      for (let at = 0; at < large.length; at += 16) large[at] = at
      return probeCore()
    })
    return middle(probes) <= 1.1 * fastestProbe()
  }
  expect(await mostRunsShow(takesAsLong)).toBe(true)
})

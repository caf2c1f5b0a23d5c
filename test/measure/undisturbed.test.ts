import { spawn, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SampledTimes } from '../../src/model/measured.ts'
import { measureFunction } from '../../src/measure/measure-function.ts'
import { functionSpec } from './function-spec.ts'

const work = (): number => {
  let sum = 0
  for (let at = 0; at < 20_000; at++) sum = (sum + at * 7) & 1023
  return sum
}
const timesOf = async (undisturbed: number | undefined): Promise<SampledTimes> => {
  const { measurement } = await measureFunction(functionSpec(work, { timeMs: 200, warmupMs: 100, minimumSampleMs: 0.5, undisturbed }))
  return measurement
}
const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length
const spread = (times: readonly number[]): number => Math.max(...times) / Math.min(...times)

describe('samples during which nobody else had the processor', () => {
  let neighbours: ChildProcess[] = []
  beforeAll(() => {
    // Ends with its standard input, so also where this process is killed.
    const busy = `process.stdin.on('end', () => process.exit()).resume()
setInterval(() => { const end = Date.now() + 50; while (Date.now() < end); }, 0)`
    neighbours = Array.from({ length: 2 * availableParallelism() }, () =>
      spawn(process.execPath, ['-e', busy], { stdio: ['pipe', 'ignore', 'ignore'] }),
    )
  })
  afterAll(() => neighbours.forEach((child) => child.kill('SIGKILL')))

  test('are the only ones kept where they are waited for, and lie closer together', { retry: 3 }, async () => {
    const all = await timesOf(undefined)
    const undisturbed = await timesOf(5)
    expect(spread(all.ns_per_call)).toBeGreaterThan(3)
    expect(spread(undisturbed.ns_per_call)).toBeLessThan(spread(all.ns_per_call))
    expect(all.undisturbed).toBeUndefined()
    const { kept = 0, of = 0, mean_ns_of_all = 0 } = undisturbed.undisturbed ?? {}
    expect(kept - undisturbed.warmup.cut_samples).toBe(undisturbed.ns_per_call.length)
    expect(of).toBeGreaterThan(kept)
    expect(mean_ns_of_all).toBeGreaterThan(mean(undisturbed.ns_per_call))
  })

  test('are waited for up to five times as long, and where they do not come all samples are kept', async () => {
    const start = performance.now()
    const { ns_per_call, undisturbed } = await timesOf(1e9)
    expect(performance.now() - start).toBeGreaterThan(5 * 200)
    expect(ns_per_call.length).toBeGreaterThan(5)
    expect(undisturbed).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import type { TimedBody } from '../../src/measure/timed-body.ts'
import { warmUp } from '../../src/measure/warm-up.ts'
import { functionSpec } from './function-spec.ts'

/** A body of 0.01 ms a call. During every other batch the machine is away for so long. */
function disturbed(awayMs: number, perCallMs = 0.01): TimedBody {
  let batches = 0
  let calls = 1
  const time = async (count: number): Promise<number> => {
    calls += count
    return count * perCallMs + (batches++ % 2 === 1 ? awayMs : 0)
  }
  const nothing = async (): Promise<void> => {}
  return {
    name: 'disturbed',
    awaited: false,
    hooked: false,
    first_call_ms: perCallMs + awayMs,
    calls: () => calls,
    beforeEach: nothing,
    afterEach: nothing,
    call: time,
    time,
  }
}

describe('the number of calls of a sample', () => {
  test('is the same whether or not a neighbour took the processor while it was looked for', async () => {
    for (const away of [0, 4, 12, 40]) {
      const { batch } = await warmUp(
        disturbed(away),
        functionSpec(() => {}, { warmupMs: 0, minimumSampleMs: 5 }),
      )
      expect(batch, `away for ${away} ms`).toBeGreaterThanOrEqual(500)
      expect(batch, `away for ${away} ms`).toBeLessThanOrEqual(1200)
    }
  })

  test('is one for a body that takes longer than a sample, however often it is tried', async () => {
    for (const perCall of [12, 80, 3000]) {
      const { batch, calls } = await warmUp(
        disturbed(0, perCall),
        functionSpec(() => {}, { warmupMs: 0, minimumSampleMs: 5 }),
      )
      expect(batch).toBe(1)
      expect(calls).toBeLessThanOrEqual(3)
    }
  })
})

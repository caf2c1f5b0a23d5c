import { describe, expect, test, vi } from 'vitest'
import { forceGc } from '../../src/measure/force-gc.ts'
import { measureFunction } from '../../src/measure/measure-function.ts'
import { functionSpec, spin, step } from './function-spec.ts'

/** Another program may take the core for as long as a whole case lasts. */
const disturbable = { retry: 2 }

const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code)

describe('batches', () => {
  test('a short body is called in batches, so that a sample lasts at least as long as wanted', disturbable, async () => {
    const { measurement } = await measureFunction(functionSpec(step(), { minimumSampleMs: 2 }))
    const shortest = Math.min(...measurement.ns_per_call) * measurement.batch
    expect(measurement.batch).toBeGreaterThan(1000)
    // Optimised code may still arrive while sampling and make samples shorter than they were planned.
    expect(shortest).toBeGreaterThan(0.2 * 2e6)
    expect(measurement.calls).toBe(measurement.ns_per_call.length * measurement.batch)
  })

  test('bodies that were measured before do not slow the next one: each has a call site of its own', disturbable, async () => {
    const fastest = async (body: () => unknown): Promise<number> =>
      Math.min(...(await measureFunction(functionSpec(body, { warmupMs: 60 }))).measurement.ns_per_call)
    const alone = await fastest(step())
    const others = [() => 'text', () => ({ a: 1 }), () => [1], (...all: unknown[]) => all.length, () => 1.5, () => new Map()]
    for (const other of others) await measureFunction(functionSpec(other))
    expect(await fastest(step())).toBeLessThan(2 * alone)
  })

  test('a body that is slow at its first call alone is called in batches all the same', async () => {
    const body = step()
    let calls = 0
    const { measurement } = await measureFunction(
      functionSpec(() => {
        if (calls++ === 0) spin(40)
        return body()
      }),
    )
    expect(measurement.batch).toBeGreaterThan(1000)
  })

  test('a body of more than 10 ms is one sample a call', async () => {
    const { measurement } = await measureFunction(functionSpec(() => spin(12), { minimumSampleMs: 50 }))
    expect(measurement.batch).toBe(1)
    expect(Math.min(...measurement.ns_per_call)).toBeGreaterThan(11e6)
  })

  test('samples are in the order in which they were taken', async () => {
    const own: number[] = []
    const spec = functionSpec(
      () => {
        const start = performance.now()
        spin([2, 6, 4, 9, 3][own.length % 5] ?? 0)
        own.push((performance.now() - start) * 1e6)
      },
      { warmupMs: 0, timeMs: 100 },
    )
    const { measurement } = await measureFunction(spec)
    const first = measurement.warmup.calls + measurement.warmup.cut_samples
    const pairs = measurement.ns_per_call.map((ns, sample) => [ns, own[first + sample] ?? Number.NaN] as const)
    expect(pairs.length).toBeGreaterThan(3)
    expect(pairs.filter(([ns, body]) => !(ns >= 0.999 * body && ns < body + 0.9e6)).length).toBeLessThanOrEqual(pairs.length / 5)
  })

  test('many samples are merged with their neighbours until they take less than 200 kB', disturbable, async () => {
    const { measurement, findings } = await measureFunction(functionSpec(step(), { timeMs: 400, beforeEach: () => undefined }))
    expect(measurement.calls).toBeGreaterThan(10_000)
    expect(measurement.ns_per_call.length).toBeLessThanOrEqual(10_000)
    expect(JSON.stringify(measurement).length).toBeLessThan(200_000)
    expect(codes(findings)).toContain('calls_merged')
  })
})

describe('phases', () => {
  test('are told as they begin, those that a case has', async () => {
    const phases: string[] = []
    const calls = new Map<string, number>()
    const body = (): void => void calls.set(phases.at(-1) ?? '', (calls.get(phases.at(-1) ?? '') ?? 0) + 1)
    const { measurement } = await measureFunction(
      functionSpec(body, { setup: () => {}, teardown: () => {}, beforeEach: () => {}, memory: true }),
      (phase) => phases.push(phase),
    )
    expect(phases).toEqual(['setup', 'warm-up', 'measure', 'checks', 'memory', 'teardown'])
    expect(calls.get('warm-up')).toBe(measurement.warmup.calls)
    expect(calls.get('measure')).toBeGreaterThanOrEqual(measurement.calls)
    expect(calls.get('setup')).toBeUndefined()
    const bare: string[] = []
    await measureFunction(functionSpec(step()), (phase) => bare.push(phase))
    expect(bare).toEqual(['warm-up', 'measure', 'checks'])
  })
})

describe('what is called', () => {
  test('a body with a parameter gets the context, one without gets nothing', async () => {
    const seen = new Set<unknown>()
    await measureFunction(functionSpec((context) => seen.add(context), { context: 'fixture' }))
    const counts = new Set<number>()
    const counting: () => unknown = function () {
      return counts.add(arguments.length)
    }
    await measureFunction(functionSpec(counting, { context: 'fixture' }))
    expect([...seen]).toEqual(['fixture'])
    expect([...counts]).toEqual([0])
  })

  test('setup comes before and teardown after all calls, hooks around each', async () => {
    const events: string[] = []
    const note = (event: string) => () => {
      if (events.length < 6 || event === 'teardown') events.push(event)
    }
    await measureFunction(
      functionSpec(note('body'), {
        setup: note('setup'),
        beforeEach: note('before'),
        afterEach: async () => note('after')(),
        teardown: note('teardown'),
      }),
    )
    expect(events).toEqual(['setup', 'before', 'body', 'after', 'before', 'body', 'teardown'])
  })

  test('hooks are no part of the time, and force one call a sample', async () => {
    const { measurement } = await measureFunction(
      functionSpec(() => spin(1), { beforeEach: () => spin(4), afterEach: () => spin(4), timeMs: 200 }),
    )
    expect(measurement.batch).toBe(1)
    const middle = measurement.ns_per_call.toSorted((a, b) => a - b)[measurement.ns_per_call.length >> 1]
    expect(middle).toBeGreaterThan(0.9e6)
    expect(middle).toBeLessThan(4e6)
  })

  test('an async body is awaited call by call, and the cost of that is stated', async () => {
    let running = 0
    let most = 0
    const { measurement } = await measureFunction(
      functionSpec(async () => {
        most = Math.max(most, ++running)
        await Promise.resolve()
        running--
      }),
    )
    expect(most).toBe(1)
    expect(measurement.awaited).toBe(true)
    expect(measurement.await_overhead_ns).toBeGreaterThan(0)
  })

  test('a sync body is not awaited', async () => {
    const { measurement } = await measureFunction(functionSpec(step()))
    expect(measurement).toMatchObject({ awaited: false, await_overhead_ns: 0 })
    expect(measurement.clock_overhead_ns).toBeGreaterThan(0)
  })

  test('a body that returns much does not keep it', disturbable, async () => {
    const results: WeakRef<object>[] = []
    await measureFunction(
      functionSpec(() => {
        const huge = new Array<number>(100_000).fill(results.length)
        results.push(new WeakRef(huge))
        return huge
      }),
    )
    // What a WeakRef has just shown stays alive until the event loop turns.
    await new Promise((resolve) => setTimeout(resolve, 10))
    forceGc()
    expect(results.length).toBeGreaterThan(20)
    expect(results.filter((result) => result.deref()).length).toBeLessThanOrEqual(1)
  })
})

describe('how long', () => {
  test('iterations go on beyond the time, up to ten times of it', disturbable, async () => {
    let calls = 0
    // Waits instead of working: where many programs want the core, work takes more than ten times its time.
    const body = async (): Promise<void> => {
      calls++
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const { findings } = await measureFunction(functionSpec(body, { timeMs: 20, warmupMs: 0, iterations: 20 }))
    expect(calls).toBeGreaterThanOrEqual(20)
    expect(codes(findings)).not.toContain('few_samples')
    calls = 0
    const cut = await measureFunction(functionSpec(body, { timeMs: 20, warmupMs: 0, iterations: 5000 }))
    expect(calls).toBeLessThan(500)
    expect(cut.findings).toContainEqual({ code: 'few_samples', facts: expect.objectContaining({ wanted: 5000 }) })
  })

  test('warm-up makes the calls it is asked for', async () => {
    const { measurement } = await measureFunction(functionSpec(() => spin(1), { warmupMs: 0, warmupIterations: 30 }))
    expect(measurement.warmup.calls).toBeGreaterThanOrEqual(30)
  })

  test('warm-up ends at ten times the time of the case, and says how many calls it could not make', async () => {
    const body = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
    const { measurement, findings } = await measureFunction(functionSpec(body, { timeMs: 20, warmupMs: 10, warmupIterations: 5000 }))
    expect(measurement.warmup.calls).toBeLessThan(500)
    expect(findings).toContainEqual({ code: 'few_warm_up_calls', facts: { calls: expect.any(Number), wanted: 5000 } })
  })

  test('a call longer than the time is measured once or a few times, and said to be few', async () => {
    const { measurement, findings } = await measureFunction(functionSpec(() => spin(50), { timeMs: 20, warmupMs: 0 }))
    expect(measurement.ns_per_call.length).toBeGreaterThanOrEqual(1)
    expect(measurement.ns_per_call.length).toBeLessThanOrEqual(5)
    expect(codes(findings)).toContain('few_samples')
  })

  test('the event loop turns between samples', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await measureFunction(functionSpec(step(), { timeMs: 150 }))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(0)
  })
})

describe('bad input', () => {
  test('a body that puts another performance.now in place does not change the times', async () => {
    const real = performance.now
    try {
      const { measurement } = await measureFunction(
        functionSpec(() => {
          performance.now = () => 42
          spin(2)
        }),
      )
      expect(Math.min(...measurement.ns_per_call)).toBeGreaterThan(1.9e6)
    } finally {
      performance.now = real
    }
  })

  test('fake timers do not stop a measurement', async () => {
    vi.useFakeTimers()
    try {
      const { measurement } = await measureFunction(functionSpec(step()))
      expect(measurement.ns_per_call.length).toBeGreaterThan(1)
    } finally {
      vi.useRealTimers()
    }
  })
})

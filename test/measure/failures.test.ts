import { describe, expect, test } from 'vitest'
import { compareFunctions } from '../../src/measure/compare-functions.ts'
import { measureFunction } from '../../src/measure/measure-function.ts'
import { functionSpec, spin, step } from './function-spec.ts'

const boom = new Error('boom')

/** Throws at this call. */
function throwsAt(at: number, work: () => void = () => undefined): () => number {
  let calls = 0
  return () => {
    work()
    if (++calls === at) throw boom
    return calls
  }
}

describe('a body whose first call returns a value and a later one a promise', () => {
  const cached = (work: () => number) => {
    let calls = 0
    return (): unknown => (calls++ === 0 ? work() : Promise.resolve(work()))
  }

  const works = { 'a few nanoseconds': () => 2, 'a tenth of a millisecond': () => Number(spin(0.1)) }
  test.for(['a few nanoseconds', 'a tenth of a millisecond'] as const)('fails, for nobody awaited it: one of %s', async (length) => {
    const work = works[length]
    const error: unknown = await measureFunction(functionSpec(cached(work))).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'CASE_MIXED_ASYNC', message: expect.stringContaining('"case" returned a value at its first call') })
  })

  test('is measured where the promise came first, since all calls are awaited', async () => {
    let calls = 0
    const { measurement } = await measureFunction(functionSpec((): unknown => (calls++ === 0 ? Promise.resolve(1) : 1)))
    expect(measurement.awaited).toBe(true)
  })
})

describe('a body that throws', () => {
  test('at the first call', async () => {
    await expect(measureFunction(functionSpec(throwsAt(1)))).rejects.toMatchObject({
      code: 'CASE_THREW',
      cause: boom,
      message: expect.stringContaining('"case" threw at call 1: boom'),
    })
  })

  test('at a later call names that call', async () => {
    const body = throwsAt(300, () => spin(0.02))
    await expect(measureFunction(functionSpec(body, { warmupMs: 0 }))).rejects.toMatchObject({
      cause: boom,
      message: expect.stringContaining('threw at call 300: boom'),
    })
  })

  test('at the millionth call of a few nanoseconds is placed between two calls, since counting them would cost time', async () => {
    const error = await measureFunction(functionSpec(throwsAt(1_000_000))).catch((caught: Error) => caught)
    const [, first, , last] = /threw (?:at call|between calls) (\d+)( and (\d+))?: boom/.exec((error as Error).message) ?? []
    expect(Number(first)).toBeLessThanOrEqual(1_000_000)
    expect(Number(last ?? first)).toBeGreaterThanOrEqual(1_000_000)
    expect((error as Error).cause).toBe(boom)
  })

  test('that is async names the call', async () => {
    const body = throwsAt(500)
    await expect(measureFunction(functionSpec(async () => body()))).rejects.toMatchObject({
      code: 'CASE_THREW',
      message: expect.stringContaining('threw at call 500: boom'),
    })
  })

  test('what is no error is kept as the cause', async () => {
    const thrown: unknown = Object.create(null)
    const body = (): never => {
      throw thrown
    }
    await expect(measureFunction(functionSpec(body))).rejects.toMatchObject({ code: 'CASE_THREW', cause: thrown })
  })

  test('is torn down all the same', async () => {
    let tornDown = 0
    await measureFunction(functionSpec(throwsAt(10), { teardown: () => tornDown++ })).catch(() => undefined)
    expect(tornDown).toBe(1)
  })

  test.for(['setup', 'beforeEach', 'afterEach', 'teardown'] as const)('or whose %s throws, says so', async (hook) => {
    const spec = functionSpec(step(), {
      [hook]: () => {
        throw boom
      },
    })
    await expect(measureFunction(spec)).rejects.toMatchObject({
      code: 'CASE_THREW',
      cause: boom,
      message: expect.stringContaining(`in ${hook}`),
    })
  })
})

describe('a body that does not come back', () => {
  test('is left when the signal aborts, and teardown is begun', async () => {
    const stop = new AbortController()
    let tornDown = false
    const measuring = measureFunction(
      functionSpec(() => new Promise(() => undefined), {
        signal: stop.signal,
        teardown: () => {
          tornDown = true
        },
      }),
    )
    setTimeout(() => stop.abort(new Error('test timed out in 50 ms')), 50)
    await expect(measuring).rejects.toMatchObject({ code: 'CASE_TIMEOUT', message: expect.stringContaining('timed out in 50 ms') })
    expect(tornDown).toBe(true)
  })

  test('is not called again when it comes back after all', async () => {
    const stop = new AbortController()
    const late = Promise.withResolvers<void>()
    let calls = 0
    const body = (): Promise<void> => {
      calls++
      return late.promise
    }
    const measuring = measureFunction(functionSpec(body, { signal: stop.signal }))
    setTimeout(() => stop.abort(), 20)
    await expect(measuring).rejects.toMatchObject({ code: 'CASE_TIMEOUT' })
    late.resolve()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(calls).toBe(1)
  })

  test('though each call does, is left between samples', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 60)
    await expect(measureFunction(functionSpec(step(), { timeMs: 60_000, signal: stop.signal }))).rejects.toMatchObject({
      code: 'CASE_TIMEOUT',
    })
  })

  test('is not begun under a signal that has aborted', async () => {
    let calls = 0
    await expect(measureFunction(functionSpec(() => calls++, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'CASE_TIMEOUT',
    })
    expect(calls).toBe(0)
  })
})

test('a comparison fails with the case that threw, and tears all down', async () => {
  const tornDown: string[] = []
  const good = functionSpec(step(), { name: 'good', teardown: () => tornDown.push('good') })
  const bad = functionSpec(throwsAt(50), { name: 'bad', teardown: () => tornDown.push('bad') })
  await expect(compareFunctions([good, bad])).rejects.toMatchObject({ message: expect.stringContaining('"bad" threw') })
  expect(tornDown).toEqual(['good', 'bad'])
})

import type { FunctionSpec } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import { mixed, threw } from './failure.ts'
import type { Sink } from './generated-loop.ts'
import { asyncLoop, bareLoop, callingLoop, countingLoop } from './generated-loop.ts'
import { isThenable } from './thenable.ts'

/** A body that can be called and timed, with what stands around each call. */
export interface TimedBody {
  readonly name: string
  readonly awaited: boolean
  /** `beforeEach` or `afterEach` stand around every call, so a sample is one call. */
  readonly hooked: boolean
  readonly first_call_ms: Milliseconds
  /** Calls made so far, the first included. */
  readonly calls: () => number
  readonly beforeEach: () => Promise<void>
  readonly afterEach: () => Promise<void>
  /** Makes so many calls and gives their time; the hooks are the caller's affair. */
  readonly call: (calls: number) => Promise<Milliseconds>
  /** The same with the hooks around it, outside the time: one call, where there are any. */
  readonly time: (calls: number) => Promise<Milliseconds>
}

/** Loops for bodies that turn out to be quick, in the order in which they replace each other while the body warms up. */
const quickLoops = [
  { belowMs: 5e-4, build: countingLoop, counts: true },
  { belowMs: 2e-5, build: bareLoop, counts: false },
] as const

/** Makes the first call, which tells whether the body is to be awaited, and builds the loop of this case. */
export async function timedBody(spec: FunctionSpec): Promise<TimedBody> {
  const { name, context } = spec
  let calls = 0
  const hook = async (which: 'beforeEach' | 'afterEach'): Promise<void> => {
    try {
      await spec[which]?.(context)
    } catch (cause) {
      throw threw(name, `in ${which} of call ${which === 'beforeEach' ? calls + 1 : calls}`, cause)
    }
  }

  await hook('beforeEach')
  const { awaited, elapsed } = await firstCall(spec)
  calls = 1
  await hook('afterEach')

  const sink: Sink = { result: undefined, done: 0, target: spec.body }
  const loops = awaited ? [] : [...quickLoops]
  let loop = awaited ? asyncLoop(spec.body, context, sink) : callingLoop(spec.body, context, sink)
  let counting = true
  let last = 0
  const failed = (cause: unknown): never => {
    const where = counting ? `at call ${calls + sink.done + 1}` : `between calls ${calls + 1} and ${calls + last}`
    throw threw(name, where, cause)
  }
  const run = async (count: number): Promise<Milliseconds> => {
    // A body that came back after its case was given up is not called again.
    spec.signal?.throwIfAborted()
    last = count
    sink.done = 0
    // From a turn of the microtask queue: V8 cannot inline the loop into a caller that would put it in a try region.
    const ms = await Promise.resolve(count).then(loop).catch(failed)
    calls += count
    if (!awaited && isThenable(sink.result)) throw mixed(name, calls)
    // A huge result must not outlive its batch.
    sink.result = undefined
    return ms
  }
  const batch = async (count: number): Promise<Milliseconds> => {
    const ms = await run(count)
    const quicker = loops[0]
    if (quicker && count >= 100 && ms / count < quicker.belowMs) {
      loops.shift()
      loop = quicker.build(spec.body, context, sink)
      counting = quicker.counts
      // A first batch that is long would be optimised before its end was ever reached, and fall out of that code there.
      for (let times = 0; times < 50; times++) await run(1)
    }
    return ms
  }
  const beforeEach = (): Promise<void> => hook('beforeEach')
  const afterEach = (): Promise<void> => hook('afterEach')
  const single = async (): Promise<Milliseconds> => {
    await beforeEach()
    const ms = await batch(1)
    await afterEach()
    return ms
  }
  const hooked = spec.beforeEach !== undefined || spec.afterEach !== undefined
  return {
    name,
    awaited,
    hooked,
    first_call_ms: elapsed,
    calls: () => calls,
    beforeEach,
    afterEach,
    call: batch,
    time: hooked ? single : batch,
  }
}

async function firstCall({ name, body, context }: FunctionSpec): Promise<{ awaited: boolean; elapsed: Milliseconds }> {
  const start = now()
  try {
    const result = body.length === 0 ? (body as () => unknown)() : body(context)
    const awaited = isThenable(result)
    if (awaited) await result
    return { awaited, elapsed: now() - start }
  } catch (cause) {
    throw threw(name, 'at call 1', cause)
  }
}

import type { FunctionSpec } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import { threw } from './failure.ts'
import type { Sink } from './generated-loop.ts'
import { asyncLoop, BatchFailure, syncLoop } from './generated-loop.ts'
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
  /** Makes so many calls (one, where `hooked`) and gives their time, without the hooks. */
  readonly time: (calls: number) => Milliseconds | Promise<Milliseconds>
}

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

  const sink: Sink = { result: undefined }
  const loop = awaited ? asyncLoop(spec.body, context, sink) : syncLoop(spec.body, context, sink)
  const failed = (error: unknown): never => {
    if (!(error instanceof BatchFailure)) throw error
    throw threw(name, `at call ${calls + error.index + 1}`, error.cause)
  }
  const made = (count: number, ms: Milliseconds): Milliseconds => {
    calls += count
    // A huge result must not outlive its batch.
    sink.result = undefined
    return ms
  }
  const batch = (count: number): Milliseconds | Promise<Milliseconds> => {
    // A body that came back after its case was given up is not called again.
    spec.signal?.throwIfAborted()
    try {
      const ms = loop(count)
      return typeof ms === 'number' ? made(count, ms) : ms.then((settled) => made(count, settled), failed)
    } catch (error) {
      return failed(error)
    }
  }
  const single = async (): Promise<Milliseconds> => {
    await hook('beforeEach')
    const ms = await batch(1)
    await hook('afterEach')
    return ms
  }
  const hooked = spec.beforeEach !== undefined || spec.afterEach !== undefined
  return { name, awaited, hooked, first_call_ms: elapsed, calls: () => calls, time: hooked ? single : batch }
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

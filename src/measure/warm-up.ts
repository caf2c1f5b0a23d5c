import type { FunctionSpec } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import { eventLoopTurns } from './event-loop-turns.ts'
import type { TimedBody } from './timed-body.ts'

export interface WarmedUp {
  readonly calls: number
  readonly ms: Milliseconds
  /** Calls of one sample: together they last at least the smallest sample wanted. */
  readonly batch: number
}

/** A call longer than this is a sample of its own, whatever the smallest sample. */
const macroMs = 10
/** Bounds the batch of a body that takes no time at all. */
const mostCalls = 1e9

/**
 * Calls the body in doubling batches until the warm-up time is over and `warmup_iterations` calls were made, whichever is
 * later; then settles how many calls one sample takes. The body's first call counts.
 *
 * Batches grow to a quarter of the warm-up, well beyond a sample: V8 replaces running code by its best only while a loop runs
 * on, and a loop that always ends early may never get there.
 */
export async function warmUp(body: TimedBody, spec: FunctionSpec): Promise<WarmedUp> {
  const start = now() - body.first_call_ms
  const wanted = spec.warmupIterations ?? 0
  const turn = eventLoopTurns()
  let batch = 1
  let elapsed = body.first_call_ms
  while (now() - start < spec.warmupMs || body.calls() < wanted) {
    await turn()
    elapsed = await body.time(batch)
    if (!body.hooked && elapsed < Math.max(spec.minimumSampleMs, spec.warmupMs / 4)) batch *= 2
  }
  if (!body.hooked) batch = await calibrate(body, batch, elapsed, spec.minimumSampleMs)
  return { calls: body.calls(), ms: now() - start, batch }
}

/**
 * The number of calls that lasts `minimumMs`, with 10 % to spare. It is tried, and grown again while it comes out too
 * short: optimised code may arrive only now, or the first call may have been the slow one.
 */
async function calibrate(body: TimedBody, tried: number, elapsed: Milliseconds, minimumMs: Milliseconds): Promise<number> {
  let batch = tried
  let last = elapsed
  for (let attempt = 0; attempt < 30; attempt++) {
    if (last / batch > macroMs) return 1
    const grown = Math.ceil(Math.min(batch * 16, mostCalls, (1.1 * minimumMs * batch) / Math.max(last, minimumMs / 1e3)))
    if (last >= minimumMs && grown >= batch / 2) return batch
    batch = grown
    last = await body.time(batch)
  }
  return batch
}

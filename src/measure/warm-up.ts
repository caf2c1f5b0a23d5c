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
  /** Calls that were wanted and for which there was no time. */
  readonly missing: number
}

/** A call longer than this is a sample of its own, whatever the smallest sample. */
const macroMs = 10
/** A neighbour has the processor for a few milliseconds at a time, never for so long. */
const longestAbsenceMs = 50
/** A wish for calls may stretch the warm-up to so many times what the case may take for it, or for its samples. */
const stretch = 10
/** Bounds the batch of a body that takes no time at all. */
const mostCalls = 1e9

/**
 * Calls the body in doubling batches until the warm-up time is over and `warmup_iterations` calls were made, whichever is
 * later, but no longer than ten times the time of the case; then settles how many calls one sample takes. The body's first call counts.
 *
 * Batches grow to a quarter of the warm-up, well beyond a sample: V8 replaces running code by its best only while a loop runs
 * on, and a loop that always ends early may never get there.
 */
export async function warmUp(body: TimedBody, spec: FunctionSpec): Promise<WarmedUp> {
  const start = now() - body.first_call_ms
  const wanted = spec.warmupIterations ?? 0
  const turn = eventLoopTurns()
  let batch = 1
  let perCall = body.first_call_ms
  const longest = stretch * Math.max(spec.warmupMs, spec.timeMs)
  const isLongEnough = (ms: Milliseconds): boolean => ms >= spec.warmupMs && (body.calls() >= wanted || ms >= longest)
  while (!isLongEnough(now() - start)) {
    await turn()
    const elapsed = await body.time(batch)
    perCall = elapsed / batch
    if (!body.hooked && elapsed < Math.max(spec.minimumSampleMs, spec.warmupMs / 4)) batch *= 2
  }
  const missing = Math.max(0, wanted - body.calls())
  if (!body.hooked) batch = await calibrate(body, batch, perCall, spec.minimumSampleMs)
  return { calls: body.calls(), ms: now() - start, batch, missing }
}

/**
 * The number of calls that lasts `minimumMs`, with 10 % to spare. It is tried, and grown again while it comes out too
 * short: optimised code may arrive only now. The fastest of the tries counts, and a long one is tried again before it is
 * believed: it may be the one during which a neighbour had the processor, and would make all samples too short.
 */
async function calibrate(body: TimedBody, begun: number, perCall: Milliseconds, minimumMs: Milliseconds): Promise<number> {
  let batch = begun
  let tries = [perCall]
  for (let attempt = 0; attempt < 30; attempt++) {
    const fastest = Math.min(...tries)
    const isMacro = fastest > macroMs
    // Two of what is long for any absence: the first call of all may have done what later ones need not do.
    const isBelieved = tries.length >= (isMacro && fastest <= longestAbsenceMs ? 3 : 2)
    const fitting = Math.ceil(Math.min(batch * 16, mostCalls, (1.1 * minimumMs) / Math.max(fastest, minimumMs / 1e3 / batch)))
    if (fastest * batch < minimumMs) batch = Math.max(batch + 1, fitting)
    else if (isBelieved && isMacro) return 1
    else if (isBelieved && fitting >= batch / 2) return batch
    // Shorter tries are as good to find out whether the time is true, and take less of it.
    else if (fitting < batch / 2) batch = fitting
    tries = [...tries, (await body.time(batch)) / batch].slice(-3)
  }
  return batch
}

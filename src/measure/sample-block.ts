import { Bench } from 'tinybench'
import type { SampledTimes } from '../model/measured.ts'
import type { Milliseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { clockQuality, now } from './clock.ts'
import { eventLoopTurns } from './event-loop-turns.ts'
import type { SampleRecord } from './sample-record.ts'
import type { TimedBody } from './timed-body.ts'
import { UndisturbedSamples } from './undisturbed.ts'

export interface BlockBounds {
  /** Sample for so long, hooks included. */
  readonly ms: Milliseconds
  /** ...and take at least so many samples, */
  readonly samples: number
  /** ...but stop by then, whatever is missing. At least one sample is taken. */
  readonly deadlineMs: Milliseconds
  /** Go on, up to the deadline, until so many samples ran while nobody else had the processor, and keep those alone. Not where calls have hooks. */
  readonly undisturbed?: number | undefined
}

/**
 * One stretch of samples. tinybench runs it: a task of it is one batch, whose time per call it gets as `overriddenDuration`
 * and whose wall time as `overriddenIterationCost`. Our own record keeps the time order that tinybench sorts away. What one
 * clock reading costs is taken off each sample. Gives what was left out of the record because it was disturbed.
 */
export async function sampleBlock(
  body: TimedBody,
  batch: number,
  bounds: BlockBounds,
  record: SampleRecord,
  signal: AbortSignal | undefined,
): Promise<SampledTimes['undisturbed']> {
  const overhead = clockQuality().overhead_ns
  const turn = eventLoopTurns()
  const start = now()
  const over = new AbortController()
  const calm = bounds.undisturbed === undefined || body.hooked ? undefined : new UndisturbedSamples(bounds.undisturbed)
  let taken = 0
  const task = async (): Promise<{ overriddenDuration: Milliseconds; overriddenIterationCost: Milliseconds }> => {
    const begun = now()
    await turn()
    let samples = 0
    let sum = 0
    // Calls with hooks are timed one by one; tinybench gets the mean of a millisecond of them, so that what it keeps stays small.
    do {
      calm?.begin()
      const ns = Math.max(0, (await body.time(batch)) * nanosecondsPerMillisecond - overhead) / batch
      if (calm) calm.end(ns)
      else record.add(ns)
      sum += ns
      samples++
    } while (body.hooked && now() - begun < 1)
    taken += samples
    const end = now()
    const enough = end - start >= bounds.ms && taken >= bounds.samples && (calm?.enough ?? true)
    if (enough || end - start >= bounds.deadlineMs) over.abort()
    return { overriddenDuration: sum / samples / nanosecondsPerMillisecond, overriddenIterationCost: end - begun }
  }
  const bench = new Bench({
    now,
    // tinybench ends at its time or when told to, whichever is first.
    time: calm ? bounds.deadlineMs : bounds.ms,
    iterations: bounds.samples,
    warmup: false,
    throws: true,
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
  })
  bench.add(body.name, task, { async: true })
  record.startBlock()
  await bench.run()
  for (const ns of calm?.chosen() ?? []) record.add(ns)
  return calm?.selection()
}

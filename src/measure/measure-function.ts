import type { FunctionSpec } from '../model/spec.ts'
import { mserCut } from '../stats/mser.ts'
import type { MeasuredFunction } from './conclude.ts'
import { conclude } from './conclude.ts'
import type { OnPhase } from './function-phase.ts'
import { unheard } from './function-phase.ts'
import { guarded } from './guarded.ts'
import { prepare } from './prepared-case.ts'
import { sampleBlock } from './sample-block.ts'
import { SampleRecord } from './sample-record.ts'

/** Fewer samples than this are taken only where one call is too long for it. */
const leastSamples = 5
/** A wish for calls or samples may stretch the sampling to so many times its budget, and no further. */
const stretch = 10
/** ...and to so many times where undisturbed samples are waited for: about as long as a neighbour's burst. */
const patience = 5

/**
 * Measures one body: setup, first call, warm-up, samples, a separate pass for memory, teardown.
 *
 * Sampling lasts `timeMs`. It goes on beyond that until `iterations` calls were made and five samples taken, but at most to
 * ten times `timeMs` (a wish for five samples alone: three times); what is then missing is the finding `few_samples`.
 *
 * Results are kept alive, but only one at a time. A body with no declared parameter (`length` 0: also rest and default
 * parameters) is called without the context. A body whose first call gives a thenable is awaited at every call, and the
 * cost of that is `await_overhead_ns`; one that gives a thenable only later fails.
 *
 * `onPhase` hears what begins: whoever watches the process meanwhile can tell the samples from what stands around them.
 *
 * @throws PerfError CASE_THREW when the body or a hook throws, with the number of the call; CASE_MIXED_ASYNC; CASE_TIMEOUT when `signal` aborts.
 */
export function measureFunction(spec: FunctionSpec, onPhase: OnPhase = unheard): Promise<MeasuredFunction> {
  return guarded([spec], onPhase, async () => {
    const { body, warmed } = await prepare(spec, onPhase)
    const record = new SampleRecord(warmed.batch)
    const wanted = Math.ceil((spec.iterations ?? 0) / warmed.batch)
    // A call that is a sample of its own is too long to go undisturbed on a busy machine.
    const wantedCalm = warmed.batch > 1 ? spec.undisturbed : undefined
    onPhase('measure')
    const undisturbed = await sampleBlock(
      body,
      warmed.batch,
      {
        ms: spec.timeMs,
        samples: Math.max(leastSamples, wanted),
        deadlineMs: spec.timeMs * (wanted > leastSamples ? stretch : wantedCalm === undefined ? 3 : patience),
        undisturbed: wantedCalm,
      },
      record,
      spec.signal,
    )
    onPhase('checks')
    const samples = { ...record.finish(), ...(undisturbed && { undisturbed }) }
    return conclude(body, spec, warmed, samples, mserCut(samples.ns_per_call), onPhase)
  })
}

import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { SampledTimes } from '../model/measured.ts'
import type { FunctionSpec } from '../model/spec.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { steadyState } from '../stats/steady-state.ts'
import { attachedTools } from './attached-tools.ts'
import { awaitOverhead } from './await-overhead.ts'
import { clockQuality } from './clock.ts'
import { memoryPass } from './memory-pass.ts'
import { optimisedAway } from './optimised-away.ts'
import type { OnPhase } from './function-phase.ts'
import type { RecordedSamples } from './sample-record.ts'
import type { TimedBody } from './timed-body.ts'
import type { WarmedUp } from './warm-up.ts'

export interface MeasuredFunction {
  readonly measurement: SampledTimes
  readonly findings: Finding[]
}

/** Below this the intervals say little. */
const fewest = 10
/** One call after the timing is affordable up to this. */
const longestMemoryCallMs = 1000

/** What the samples of one case amount to. `cut` leading samples are warm-up. */
export async function conclude(
  body: TimedBody,
  spec: FunctionSpec,
  warmed: WarmedUp,
  samples: RecordedSamples,
  cut: number,
  onPhase: OnPhase,
): Promise<MeasuredFunction> {
  const clock = clockQuality()
  const times = samples.ns_per_call.slice(cut)
  const typical = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
  const calls = times.length * samples.batch
  const state = steadyState(times)

  const findings = attachedTools()
  const wanted = Math.max(fewest, Math.ceil((spec.iterations ?? 0) / samples.batch))
  if (times.length + cut < wanted) findings.push(finding('few_samples', { samples: times.length, wanted }))
  if (warmed.batch === 1 && samples.batch > 1) findings.push(finding('calls_merged', { calls, samples: times.length }))
  if (warmed.missing > 0) {
    const wanted = spec.warmupIterations ?? 0
    findings.push(finding('few_warm_up_calls', { calls: wanted - warmed.missing, wanted }))
  }
  if (state.label !== 'flat' && state.label !== 'unknown') {
    findings.push(finding('no_steady_state', { shape: state.label, change_percent: round(state.change_percent) }))
  }
  const reading = Math.max(clock.overhead_ns, clock.resolution_ns)
  const sample = typical * warmed.batch
  if (sample < 20 * reading) findings.push(finding('clock_coarse', { resolution_ns: round(reading), sample_ns: round(sample) }))
  const away = await optimisedAway(body, warmed.batch, typical)
  if (away) findings.push(away)
  if (spec.memory) onPhase('memory')
  const pass = spec.memory
    ? await memoryPass(body, typical / nanosecondsPerMillisecond, Math.max(spec.timeMs, longestMemoryCallMs), spec.memoryMs)
    : undefined
  if (pass && 'finding' in pass) findings.push(pass.finding)

  const measurement: SampledTimes = {
    type: 'samples',
    ns_per_call: times,
    batch: samples.batch,
    calls,
    awaited: body.awaited,
    warmup: { calls: warmed.calls, ms: warmed.ms, cut_samples: cut },
    clock_overhead_ns: round(clock.overhead_ns),
    await_overhead_ns: body.awaited ? round(await awaitOverhead()) : 0,
    steady_state: state.label,
    ...(samples.block_starts.length > 1 && { block_starts: startsAfter(samples.block_starts, cut) }),
    ...(samples.undisturbed && { undisturbed: samples.undisturbed }),
    ...(pass && 'memory' in pass && { memory: pass.memory }),
  }
  return { measurement, findings }
}

/** Block starts once the first `cut` samples are gone. */
function startsAfter(starts: readonly number[], cut: number): number[] {
  return starts.filter((start) => start >= cut).map((start) => start - cut)
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

import { idMatcher } from '../model/id-pattern.ts'
import type { FunctionSpec } from '../model/spec.ts'
import type { AgainstProcess } from '../model/worker-config.ts'
import { workerConfig } from './worker-config.ts'

/** Set where this process is one of a comparison with another version. */
export function againstProcess(): AgainstProcess | undefined {
  return workerConfig().against
}

/** A comparison wants many short processes: how long a case samples is its decision, not that of the case. */
export function forThisProcess(spec: FunctionSpec): FunctionSpec {
  const against = againstProcess()
  if (!against) return spec
  const { time_ms, warmup_ms, sample_ms, memory_ms, undisturbed } = against.function
  return {
    ...spec,
    timeMs: time_ms,
    warmupMs: warmup_ms,
    minimumSampleMs: sample_ms,
    memoryMs: memory_ms,
    undisturbed,
    iterations: undefined,
  }
}

/** Is a case with this id asked for? */
export function isWanted(id: string): boolean {
  const only = againstProcess()?.only
  return !only || only.some((pattern) => idMatcher(pattern)(id))
}

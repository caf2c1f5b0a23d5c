import { finding } from '../model/finding.ts'
import type { Subject } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { AgentChannel } from './agent/channel.ts'
import { now } from './clock.ts'
import type { Root } from './forest.ts'
import type { Sampled } from './messages.ts'
import type { SamplingProcess } from './warm-process.ts'
import { forkSamplingProcess } from './warm-process.ts'

export interface SamplingOptions {
  /** Root processes; everything below them is theirs, down to the next root. */
  readonly subjects: readonly { readonly subject: Subject; readonly pid: number }[]
  readonly interval_ms: Milliseconds
  /** Root processes below a subject that do not count with it, nor with anybody: servers that other cases use, and what runs them. */
  readonly apart?: readonly number[]
  /** Modules that export samplers made by `defineSampler`. */
  readonly samplers?: readonly string[]
  readonly agents?: AgentChannel
  /**
   * Forces garbage collections in the Node processes of the server and follows the heap that survives, for `leak_mb_per_minute`. A forced
   * collection stops the server for some milliseconds, so this is for watching, not for latencies. @default false
   */
  readonly retained_heap?: boolean
}

/** Sampling that runs until `stop`. */
export interface Sampling {
  /** Samples another process tree from now on. */
  add(subject: Subject, pid: number): void
  /** From now on this process tree counts with nobody. */
  apart(pid: number): void
  /** The named phase begins now and ends the one before. Figures are about the phases named `measure`; without one, about everything. */
  phase(name: string, hurried?: boolean): void
  /** Never rejects: sampling that failed says so in a finding. `hurried`: the run is being ended, so agents are not waited for. @default false */
  stop(hurried?: boolean): Promise<Sampled>
}

let warm: SamplingProcess | undefined
let sessions = 0

/** Starts the sampling process, if it does not run yet, and does not wait for it. Call it early: the first case then finds it ready. */
export function prepareSampling(): void {
  if (!warm?.alive()) warm = forkSamplingProcess()
}

/** Ends the sampling process. A later `startSampling` starts another. */
export async function endSampling(): Promise<void> {
  const ending = warm
  warm = undefined
  await ending?.end()
}

/** Samples process trees from a process of its own. Resolves when the first reading is made. */
export async function startSampling(options: SamplingOptions): Promise<Sampling> {
  prepareSampling()
  const sampler = warm ?? forkSamplingProcess()
  const session = ++sessions
  let failure: unknown

  sampler.send({
    type: 'start',
    session,
    options: {
      roots: options.subjects.map(({ subject, pid }): Root => ({ subject, pid })),
      apart: options.apart ?? [],
      interval_ms: options.interval_ms,
      samplers: options.samplers ?? [],
      retained_heap: options.retained_heap ?? false,
      ...(options.agents ? { agents: options.agents.address } : {}),
    },
  })
  try {
    await sampler.expect('started', session)
  } catch (error) {
    failure = error
  }

  return {
    add: (subject, pid) => sampler.send({ type: 'add', session, root: { subject, pid } }),
    apart: (pid) => sampler.send({ type: 'apart', session, pid }),
    phase: (name, hurried = false) => sampler.send({ type: 'phase', session, at: now(), name, hurried }),
    async stop(hurried = false) {
      if (failure !== undefined) return nothing(failure)
      sampler.send({ type: 'stop', session, at: now(), hurried })
      try {
        return (await sampler.expect('stopped', session)).sampled
      } catch (error) {
        return nothing(error)
      }
    },
  }
}

function nothing(error: unknown): Sampled {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    resources: [],
    phases: [],
    findings: [finding('sampling_unavailable', { what: 'all processes', reason })],
  }
}

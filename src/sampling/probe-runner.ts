import { setTimeout } from 'node:timers/promises'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import type { Recorder } from './recorder.ts'
import { record } from './recorder.ts'
import type { Probe, Sampler, Target, Values } from './sampler.ts'

/** Share of one core that a sampler may cost: one that is dearer is read less often. */
const costShare = 0.0002
/** A reading cheaper than this may come at every interval. */
const cheapReading_ms = 0.2
/** Sizes that change slowly and are dearer to read than this are not read at the borders of phases either. Counters are, or their totals would be wrong. */
const dearReading_ms = 3

/** A sampler that waits for somebody holds up nobody but the border of a phase, and that once and not for long. */
const longestWait_ms = 1000

/** One sampler on one process tree. */
export interface ProbeRunner {
  readonly name: string
  readonly source: Sampler['source']
  readonly recorders: ReadonlyMap<string, Recorder>
  /** Why there is nothing, or no more. */
  unavailable(): string | undefined
  /** Reads if it is due, or if a phase begins or ends. Resolves when the reading is recorded. */
  read(target: Target, border: boolean): Promise<void> | undefined
  close(): void
}

export function runProbe(name: string, sampler: Sampler, root: { readonly subject: Target['subject']; readonly pid: number }): ProbeRunner {
  const recorders = new Map(Object.entries(sampler.metrics).map(([metric, definition]) => [metric, record(definition)]))
  let reason: string | undefined
  let probe: Probe | undefined
  try {
    reason = sampler.unsupported?.()
    if (reason === undefined) probe = sampler.open(root)
  } catch (error) {
    fail(error)
  }
  // What agents told is here already: reading it costs nothing, and each answer is offered once.
  const free = sampler.source === 'agent'
  const counts = Object.values(sampler.metrics).some(({ aggregate }) => aggregate === 'total' || aggregate === 'rate')
  const skipsBorders = !free && !counts && (sampler.every_ms ?? 0) > 0
  let due = 0
  let cost = 0
  let pending: Promise<void> | undefined
  let hanging = false

  function keep(at: Milliseconds, values: Values | undefined): void {
    if (!values) return
    for (const [metric, recorder] of recorders) {
      const value = values[metric]
      if (value !== undefined && Number.isFinite(value)) recorder.push(at, value)
    }
  }
  function fail(error: unknown): void {
    reason = error instanceof Error ? error.message : String(error)
  }
  async function settle(values: Promise<Values | undefined>): Promise<void> {
    try {
      const settled = await values
      keep(now(), settled)
    } catch (error) {
      fail(error)
    } finally {
      hanging = false
    }
  }
  async function later(values: Promise<Values | undefined>): Promise<void> {
    hanging = true
    await Promise.race([settle(values), setTimeout(longestWait_ms)])
    if (hanging) reason = `no reading within ${longestWait_ms} ms`
    pending = undefined
  }

  return {
    name,
    source: sampler.source,
    recorders,
    unavailable: () => reason,
    read(target, border) {
      if (!probe) return undefined
      if (pending) return pending
      if (hanging) return undefined
      if (free && target.agents.live.length === 0) return undefined
      const at = now()
      if (border ? skipsBorders && cost > dearReading_ms : at < due) return undefined
      let values: ReturnType<Probe['read']>
      try {
        values = probe.read(target)
      } catch (error) {
        fail(error)
        return undefined
      } finally {
        const spent = now() - at
        // One reading that was interrupted is not a dear one.
        cost = cost === 0 ? spent : cost * 0.8 + Math.min(spent, cost * 4) * 0.2
        // A reading a little early is better than one a whole interval late.
        due = at + Math.max(sampler.every_ms ?? 0, cost > cheapReading_ms && !free ? cost / costShare : 0) * 0.95
      }
      if (values instanceof Promise) return (pending = later(values))
      keep(at, values)
      return undefined
    },
    close: () => probe?.close?.(),
  }
}

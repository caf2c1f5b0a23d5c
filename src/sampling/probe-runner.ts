import { setTimeout } from 'node:timers/promises'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import type { Recorder } from './recorder.ts'
import { record } from './recorder.ts'
import type { Probe, Sampler, Target, Values } from './sampler.ts'

/** Share of one core that a sampler may cost: one that is dearer is read less often. */
const costShare = 0.0001
/** A reading cheaper than this may come at every interval. */
const cheapReading_ms = 0.2
/** Sizes that change slowly and are dearer to read than this are not read at the borders of phases either. Counters are, or their totals would be wrong. */
const dearReading_ms = 3

/** A sampler that waits for somebody is given up for that reading. It holds up itself alone. */
const longestWait_ms = 1000

/** One sampler on one process tree. */
export interface ProbeRunner {
  readonly name: string
  readonly source: Sampler['source']
  readonly recorders: ReadonlyMap<string, Recorder>
  /** Why there is nothing, or no more. */
  unavailable(): string | undefined
  /** Why the figures of the measured phase, or of everything, are about a part of it only, and so are none; undefined where they are whole. */
  partial(wholeRun: boolean): string | undefined
  /** Readings within the measured phase that brought nothing. */
  missed(): number
  /** Reads if it is due. Resolves when the reading is recorded. */
  read(target: Target): Promise<void> | undefined
  /**
   * The measured phase begins or ends: reads, and what comes after this reading is inside, or outside. Resolves when that is so, which for a sampler
   * that answers at once is the same moment. `hurried`: nothing is waited for.
   */
  border(target: Target, inside: boolean, hurried: boolean): Promise<void>
  close(): void
}

export function runProbe(name: string, sampler: Sampler, root: { readonly subject: Target['subject']; readonly pid: number }): ProbeRunner {
  const recorders = new Map(Object.entries(sampler.metrics).map(([metric, definition]) => [metric, record(definition)]))
  let reason: string | undefined
  /** The last reading brought nothing, for `reason`. */
  let failing = false
  let broken: string | undefined
  let missed = 0
  let measuring = false
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
  let crossing: Promise<void> | undefined
  let took_ms = 0
  let began = 0

  function keep(at: Milliseconds, values: Values | undefined): void {
    failing = false
    if (!values) return
    for (const [metric, recorder] of recorders) {
      const value = values[metric]
      if (value !== undefined && Number.isFinite(value)) recorder.push(at, value)
    }
  }
  function fail(error: unknown): void {
    failing = true
    if (measuring) missed++
    reason = error instanceof Error ? error.message : String(error)
  }
  async function settle(values: Promise<Values | undefined>): Promise<void> {
    const asked = now()
    try {
      const settled = await values
      keep(now(), settled)
      took_ms = now() - asked
    } catch (error) {
      fail(error)
    } finally {
      hanging = false
    }
  }
  async function later(values: Promise<Values | undefined>): Promise<void> {
    hanging = true
    await Promise.race([settle(values), setTimeout(longestWait_ms)])
    if (hanging) fail(new Error(`no reading within ${longestWait_ms} ms`))
    pending = undefined
  }
  function read(target: Target, border: boolean): Promise<void> | undefined {
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
  }
  async function cross(target: Target, inside: boolean, before: Promise<void> | undefined): Promise<void> {
    const length_ms = now() - began
    if (inside) began = now()
    await before
    await read(target, true)
    // Nobody knows which moment of the time between question and answer a value is of.
    if (measuring && !inside && took_ms > length_ms) broken ??= 'a reading took longer than the measured phase'
    flip(target, inside)
  }
  function flip(target: Target, inside: boolean): void {
    // Where the whole tree is gone there is nothing to read, and what was read last is the figure.
    if (inside !== measuring && failing && target.processes.length > 0) broken ??= reason
    measuring = inside
    for (const recorder of recorders.values()) recorder.measured(inside)
  }

  return {
    name,
    source: sampler.source,
    recorders,
    unavailable: () => reason,
    partial: (wholeRun) => (wholeRun && failing ? reason : broken),
    missed: () => missed,
    read: (target) => read(target, false),
    border(target, inside, hurried) {
      if (hurried) {
        void read(target, false)
        flip(target, inside)
        return Promise.resolve()
      }
      const mine = cross(target, inside, crossing).finally(() => {
        if (crossing === mine) crossing = undefined
      })
      crossing = mine
      return mine
    },
    close: () => probe?.close?.(),
  }
}

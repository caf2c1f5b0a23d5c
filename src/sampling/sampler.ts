import type { Subject } from '../model/resources.ts'
import type { Better } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import type { AgentReport } from './agent-totals.ts'
import type { ProcessReading } from './proc/process-reading.ts'

/**
 * How readings become one figure for the measured phase.
 * - `total`: the reading is a counter that only grows; the figure is its growth.
 * - `rate`: the reading is a counter; the figure is its growth per second.
 * - `mean`: time-weighted mean of a size that goes up and down.
 * - `peak`: the largest reading.
 * - `last`: the newest reading.
 */
export type Aggregation = 'total' | 'rate' | 'mean' | 'peak' | 'last'

export interface SampledMetric {
  readonly unit: string
  readonly better: Better
  /** One sentence for the reports. */
  readonly meaning: string
  readonly aggregate: Aggregation
}

/** What a sampler looks at: a root process, everything below it, and what the agents in them told. */
export interface Target {
  readonly subject: Subject
  /** The root of the tree. */
  readonly pid: number
  /** Processes that run now, parents first. Subtrees that are subjects of their own are not in it. */
  readonly processes: readonly ProcessReading[]
  /** CPU time of the tree, processes that ended included: a counter with an arbitrary start. */
  readonly cpu_ms: Milliseconds
  readonly agents: AgentReport
}

/** Readings by metric. A metric that is left out has no reading this time. */
export type Values<Metric extends string = string> = { readonly [M in Metric]?: number }

/** A sampler at work on one process tree. */
export interface Probe<Metric extends string = string> {
  /** Throwing makes the sampler's metrics unavailable, with the message as the reason. */
  read(target: Target): Values<Metric> | undefined | Promise<Values<Metric> | undefined>
  close?(): void
}

/** The contract of all samplers, built in or a user's own. It runs in the sampling process, never in what it measures. */
export interface Sampler<Metric extends string = string> {
  readonly metrics: Readonly<Record<Metric, SampledMetric>>
  /** Shortest distance of two readings; a sampler that turns out to be costly is read less often. @default 0, every interval */
  readonly every_ms?: Milliseconds
  /** `agent`: figures that only a Node process itself can tell; without an agent there is no reading. */
  readonly source?: 'agent'
  /** Whose processes it looks at. @default everybody's */
  readonly subjects?: readonly Subject[]
  /** Why this machine cannot give these figures; undefined where it can. */
  unsupported?(): string | undefined
  open(root: { readonly subject: Subject; readonly pid: number }): Probe<Metric>
}

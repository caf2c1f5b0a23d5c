import type { Subject } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { Probe, SampledMetric, Sampler, Target, Values } from './sampler.ts'

const mark = Symbol.for('vitest-perf.sampler')

/** A sampler of a user's own, with the name under which reports speak of it. */
export interface OwnSampler<Metric extends string = string> extends Sampler<Metric> {
  readonly [mark]: true
  readonly name: string
}

interface Definition<Metric extends string> {
  /** Letters, digits and `_`. */
  readonly name: string
  /** What it gives. Names are letters, digits and `_`, and none of the metric catalogue; they appear as `<id>.<metric>`. */
  readonly metrics: Readonly<Record<Metric, SampledMetric>>
  /** Shortest distance of two readings. @default 0, every interval */
  readonly every_ms?: Milliseconds
  /** Whose processes it looks at. @default everybody's */
  readonly subjects?: readonly Subject[]
  /** Why this machine cannot give these figures; undefined where it can. */
  unsupported?(): string | undefined
}

/** Reads without memory: one function. */
export interface ReadingDefinition<Metric extends string> extends Definition<Metric> {
  read(target: Target): Values<Metric> | undefined | Promise<Values<Metric> | undefined>
}

/** Keeps something open between readings of one process tree: a connection, a file, the last counters. */
export interface OpeningDefinition<Metric extends string> extends Definition<Metric> {
  open(root: { readonly subject: Subject; readonly pid: number }): Probe<Metric>
}

/**
 * A sampler of your own. Export it from a module and name that module in the plugin's option `samplers`; it runs in the sampling
 * process, at every interval, for every process tree that is sampled.
 */
export function defineSampler<const Metric extends string>(
  definition: ReadingDefinition<Metric> | OpeningDefinition<Metric>,
): OwnSampler<Metric> {
  if ('open' in definition) return { [mark]: true, ...definition, open: (root) => definition.open(root) }
  return { [mark]: true, ...definition, open: () => ({ read: (target) => definition.read(target) }) }
}

/** True for what `defineSampler` made, in this copy of the package or in another. */
export function isOwnSampler(value: unknown): value is OwnSampler {
  return typeof value === 'object' && value !== null && mark in value
}

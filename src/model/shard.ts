import type { EpochMilliseconds, Milliseconds } from './units.ts'

/** One part of a run that was spread over machines: `vitest bench --shard=1/3`. `vitest-perf merge` puts the parts together. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
  /** Benchmark files that ran here; with the Vitest project in brackets where there are several. */
  readonly files: readonly string[]
  /** Benchmark files that are other shards'. */
  readonly not_run: readonly string[]
  /** Only a part of the benchmarks was asked for, beside the sharding. */
  readonly filtered: boolean
  /** What the shards of one run share and no other run has: the number that CI gave it. Null where nobody gave one. */
  readonly run: string | null
}

/** What a merged run keeps of one of its shards. */
export interface MergedShard {
  readonly index: number
  readonly count: number
  readonly fingerprint: string
  readonly started_at: EpochMilliseconds
  readonly duration_ms: Milliseconds
  readonly cases: number
}

/**
 * What a run has for a fingerprint that was merged from several kinds of machine. Another such run may have the same one, with its shards the other way
 * round: it says of no case who measured it, so nothing is compared by it.
 */
export const joinedFingerprint = (machines: Iterable<string>): string => [...machines].toSorted().join(joint)
export const isJoined = (fingerprint: string): boolean => fingerprint.includes(joint)
const joint = '+'

/** Which part of how many. */
export type ShardName = Pick<Shard, 'index' | 'count'>

/** As people write it: `shard 1 of 3`. */
export const shardText = ({ index, count }: ShardName): string => `shard ${index} of ${count}`

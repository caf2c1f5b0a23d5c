import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { CaseError } from '../model/measured.ts'
import type { Summarised } from '../model/run.ts'
import { joinedFingerprint, shardText, type MergedShard } from '../model/shard.ts'
import type { EpochMilliseconds, Milliseconds } from '../model/units.ts'
import { agreeingShards, type ShardPart, type StoredPart } from './agree.ts'
import { joinCases } from './join-cases.ts'

/** What one kind of machine measured: numbers of different machines are never compared with each other. */
export interface MachinePart {
  readonly environment: Environment
  readonly cases: readonly Summarised[]
}

/** The shards as one run that is yet to be judged. */
export interface Merged {
  readonly started_at: EpochMilliseconds
  /** From the start of the first shard to the end of the last. */
  readonly duration_ms: Milliseconds
  readonly project: string
  readonly config: BenchmarkConfig
  /** Of the first shard; where machines differ, its fingerprint is that of all of them, which equals no machine's own. */
  readonly environment: Environment
  readonly machines: readonly MachinePart[]
  readonly errors: readonly CaseError[]
  readonly interrupted: boolean
  readonly filtered: boolean
  /** Why the whole cannot count: a shard is missing. */
  readonly infrastructure: readonly string[]
  readonly shards: readonly MergedShard[]
}

/** @throws PerfError SHARDS_DIFFER where the parts are not the shards of one run */
export function mergeShards(parts: readonly StoredPart[]): Merged {
  const shards = agreeingShards(parts)
  const runs = shards.map(({ run }) => run)
  const environments = new Map(runs.map(({ environment }) => [environment.fingerprint, environment]))
  const [environment] = environments.values()
  const [first] = runs
  if (!first || !environment) throw new RangeError('no shard')
  const joined = joinCases(shards)
  const started_at = Math.min(...runs.map((run) => run.started_at))
  return {
    started_at,
    duration_ms: Math.max(...runs.map((run) => run.started_at + run.duration_ms)) - started_at,
    project: first.project ?? '',
    config: first.config,
    environment: { ...environment, fingerprint: joinedFingerprint(environments.keys()) },
    machines: [...environments].map(([fingerprint, machine]) => ({
      environment: machine,
      cases: joined.flatMap((one) => (one.fingerprint === fingerprint ? [one.one] : [])),
    })),
    errors: runs.flatMap(({ shard, errors }) => errors.map((error) => ({ ...error, message: `${shardText(shard)}: ${error.message}` }))),
    interrupted: runs.some(({ verdict }) => verdict.exit_reason === 'interrupted'),
    filtered: first.shard.filtered,
    infrastructure: missingParts(shards),
    shards: runs.map((run) => ({
      index: run.shard.index,
      count: run.shard.count,
      fingerprint: run.environment.fingerprint,
      started_at: run.started_at,
      duration_ms: run.duration_ms,
      cases: run.cases.length,
    })),
  }
}

/** A part that is not there is not a pass: the shards that are missing, and the files that none of them ran. */
function missingParts(shards: readonly ShardPart[]): string[] {
  const present = new Set(shards.map(({ run }) => run.shard.index))
  const count = shards[0]?.run.shard.count ?? 0
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !present.has(index))
  const ran = new Set(shards.flatMap(({ run }) => run.shard.files))
  const left = [...new Set(shards.flatMap(({ run }) => run.shard.not_run))].filter((file) => !ran.has(file))
  const files = left.length > 0 ? `: ${left.join(', ')} did not run` : ''
  if (missing.length === 0) return left.length > 0 ? [`No shard ran ${left.join(', ')}.`] : []
  const which = missing.length === 1 ? `Shard ${missing.join('')} of ${count} is` : `Shards ${missing.join(', ')} of ${count} are`
  return [`${which} missing${files}.`]
}

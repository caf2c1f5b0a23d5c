import { isDeepStrictEqual } from 'node:util'
import { PerfError } from '../model/error.ts'
import type { Run } from '../model/run.ts'
import { shardText, type Shard } from '../model/shard.ts'

/** A stored run, and the file that it came from. */
export interface StoredPart {
  readonly file: string
  readonly run: Run
}

export interface ShardPart extends StoredPart {
  readonly run: Run & { readonly shard: Shard }
}

/** What all shards of one run have in common, with the words for where it differs. */
const shared: Readonly<Record<string, (run: ShardPart['run']) => unknown>> = {
  'number of shards': ({ shard }) => shard.count,
  project: ({ project }) => project,
  commit: ({ environment }) => environment.commit,
  'state of the checkout (uncommitted changes)': ({ environment }) => environment.dirty,
  'version of vitest-perf': ({ environment }) => environment.vitest_perf,
  'version of Vitest': ({ environment }) => environment.vitest,
  'CI run': ({ shard }) => shard.run,
  'choice of benchmarks': ({ shard }) => shard.filtered,
  'list of benchmark files': ({ shard }) => [...shard.files, ...shard.not_run].toSorted(),
  config: ({ config }) => config,
}

/**
 * The shards of one run in their order. What is of several runs is never put together: its numbers would be nobody's.
 *
 * @throws PerfError SHARDS_DIFFER
 */
export function agreeingShards(parts: readonly StoredPart[]): ShardPart[] {
  const shards = parts.map(asShard)
  const [first] = shards
  if (!first) throw new PerfError('SHARDS_DIFFER', 'There is nothing to merge.')
  for (const other of shards.slice(1)) {
    const different = Object.keys(shared).filter((what) => !isDeepStrictEqual(shared[what]?.(first.run), shared[what]?.(other.run)))
    if (different.length > 0) throw differ(first, other, different)
  }
  const sorted = shards.toSorted((a, b) => a.run.shard.index - b.run.shard.index)
  for (const [at, one] of sorted.entries()) {
    const twin = sorted[at - 1]
    if (twin?.run.shard.index !== one.run.shard.index) continue
    throw new PerfError('SHARDS_DIFFER', `${twin.file} and ${one.file} are both ${shardText(one.run.shard)}.`, {
      place: { file: one.file },
    })
  }
  return sorted
}

function asShard({ file, run }: StoredPart): ShardPart {
  const { shard } = run
  const refused = (why: string): PerfError => new PerfError('SHARDS_DIFFER', `${file} ${why}.`, { place: { file } })
  if (!shard) throw refused(run.shards ? 'is a merged run already' : 'is a whole run, no shard: vitest bench --shard=1/3 makes one')
  if (run.against) throw refused('was compared with another version in pairs of processes; those verdicts hold for its own shard only')
  return { file, run: { ...run, shard } }
}

function differ(first: ShardPart, other: ShardPart, different: readonly string[]): PerfError {
  const [what = ''] = different
  const told = [first, other].map(({ run }) => shared[what]?.(run))
  const values = told.every((value) => value === null || typeof value !== 'object') ? ` (${told.map(String).join(' and ')})` : ''
  const more = different.length > 1 ? `, and ${different.slice(1).join(', ')}` : ''
  return new PerfError('SHARDS_DIFFER', `${first.file} and ${other.file} differ in their ${what}${values}${more}.`, {
    place: { file: other.file },
  })
}

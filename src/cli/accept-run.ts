import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Accepted, Baseline, BaselineReading } from '../baseline/baseline.ts'
import { nextBaseline, updateBaseline } from '../baseline/store.ts'
import { PerfError } from '../model/error.ts'
import type { Comparison, Run } from '../model/run.ts'
import { isJoined } from '../model/shard.ts'
import { change } from '../report/format.ts'
import { type Acceptance, readAcceptances } from './acceptances.ts'
import { readStoredRun } from './stored-run.ts'

export interface AcceptOptions {
  /** Ids with `*`; without it, every case that regressed. */
  readonly pattern: string | undefined
  readonly reason: string
  readonly run: string
  readonly baseline: string
  /** Take named cases also where their run does not agree with itself. */
  readonly force: boolean
}

type Changed = { readonly id: string; readonly comparison: Comparison | undefined }

/**
 * Makes a stored run the new level of the cases that are named. Cases that the run does not have are dropped from the baseline only where
 * the pattern names them: the run may have been a part of all.
 *
 * @returns what was done, a line each
 * @throws PerfError USAGE where there is nothing to accept, or where something else stands against it
 */
export async function acceptRun(options: AcceptOptions): Promise<string[]> {
  const { reason, run: from, baseline: path } = options
  if (reason.trim() === '') throw new PerfError('USAGE', 'A change is accepted for a reason: --reason says why it is meant.')
  const run = await readStoredRun(from)
  if (isJoined(run.environment.fingerprint))
    throw new PerfError(
      'USAGE',
      `${from} was merged from several kinds of machine and does not say which of them measured a case. Accept the results of the shard that did: name the cases, with --run <its results> --force.`,
    )
  const old = join(dirname(path), 'baseline-accepted.ndjson')
  const earlier = (await readAcceptances(old)).flatMap(oldDecisions)
  const lines = await updateBaseline(path, async (reading) => accepted(reading, run, options, earlier))
  // Its lines stand in the baseline now.
  await rm(old, { force: true })
  return [...lines, `${path} holds the run of ${new Date(run.started_at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`]
}

/** What was done, a line each, and the baseline after it. */
function accepted(
  reading: BaselineReading,
  run: Run,
  { pattern, reason, force }: AcceptOptions,
  earlier: readonly Decision[],
): readonly [string[], Baseline] {
  const named = matcher(pattern)
  const level = (force && pattern !== undefined ? measuredOf(run) : changedOf(run)).filter(({ id }) => named(id))
  const dropped = pattern === undefined ? [] : run.missing.filter(({ id }) => named(id))
  if (level.length + dropped.length === 0) throw new PerfError('USAGE', nothing(pattern, run))
  const next = nextBaseline(reading, run, {
    allowed: true,
    accept: [...level, ...(dropped.length > 0 ? dropped : run.missing)].map(({ id }) => id),
    // Nothing is dropped from a run that may have been filtered.
    filtered: dropped.length === 0,
    force,
  })
  if (next.state === 'kept') throw new PerfError('USAGE', `The baseline is as it was: ${next.reason}.`)
  const out = new Map(next.left_out.map((one) => [one.id, one.reason]))
  const disagreeing = level.find(({ id }) => out.has(id))
  if (disagreeing)
    throw new PerfError(
      'USAGE',
      `${disagreeing.id} does not agree with itself: ${out.get(disagreeing.id)}. Measure it again, or accept it with --force.`,
    )
  const { fingerprint, commit } = run.environment
  const decided = decisions([...level, ...dropped], fingerprint, { at: new Date().toISOString(), reason, commit })
  const lines = [
    ...level.map(({ id, comparison }) =>
      `accepted  ${id}  ${comparison ? `${comparison.metric} ${effectText(comparison)}` : ''}`.trimEnd(),
    ),
    ...dropped.map(({ id }) => `dropped   ${id}`),
  ]
  return [lines, withDecisions(next.baseline, [...earlier, ...decided])]
}

interface Decision {
  readonly id: string
  readonly fingerprint: string
  readonly accepted: Accepted
}

function decisions(changed: readonly Changed[], fingerprint: string, how: Pick<Accepted, 'at' | 'reason' | 'commit'>): Decision[] {
  return changed.map(({ id, comparison }) => ({
    id,
    fingerprint,
    accepted: {
      ...how,
      metric: comparison?.metric ?? 'value',
      ...(comparison?.base !== undefined && { from: comparison.base }),
      ...(comparison?.head !== undefined && { to: comparison.head }),
    },
  }))
}

/** Earlier versions kept decisions in a file beside the baseline. */
function oldDecisions({ at, reason, commit, fingerprint, cases }: Acceptance): Decision[] {
  return cases.map(({ id, ...values }) => ({ id, fingerprint, accepted: { ...values, at, reason, commit } }))
}

/** The newest decision on each case stands in the baseline, where it is reviewed together with the values; version control has the others. */
function withDecisions(baseline: Baseline, decided: readonly Decision[]): Baseline {
  return {
    ...baseline,
    environments: baseline.environments.map((environment) => {
      const own = decided.filter(({ fingerprint }) => fingerprint === environment.fingerprint)
      if (own.length === 0) return environment
      return { ...environment, accepted: { ...environment.accepted, ...Object.fromEntries(own.map(({ id, accepted }) => [id, accepted])) } }
    }),
  }
}

/** Every case that can be taken. */
function measuredOf({ cases }: Run): Changed[] {
  return cases.flatMap(({ identity: { id }, state, comparison }) => (state === 'measured' ? [{ id, comparison }] : []))
}

/** Cases with a verdict that one may want to accept as the new level. */
function changedOf({ cases }: Run): Changed[] {
  return cases.flatMap(({ identity: { id }, comparison }) => (comparison?.verdict === 'regressed' ? [{ id, comparison }] : []))
}

function matcher(pattern: string | undefined): (id: string) => boolean {
  if (pattern === undefined) return () => true
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('.*')
  const expression = new RegExp(`^${source}$`, 'u')
  return (id) => expression.test(id)
}

function nothing(pattern: string | undefined, run: Run): string {
  const open = [...changedOf(run), ...run.missing].map(({ id }) => id)
  if (open.length === 0) return 'There is nothing to accept: in this run no case regressed and none is missing.'
  return pattern === undefined
    ? `No case regressed; missing are ${open.join(', ')}: name them to drop them.`
    : `"${pattern}" matches none of the cases that regressed or are missing: ${open.join(', ')}.`
}

const effectText = ({ effect_percent }: Comparison): string => (effect_percent === undefined ? '' : change(effect_percent))

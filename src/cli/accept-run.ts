import { dirname, join } from 'node:path'
import { readBaseline } from '../baseline/read.ts'
import { nextBaseline, writeBaseline } from '../baseline/store.ts'
import { PerfError } from '../model/error.ts'
import type { Comparison, Run } from '../model/run.ts'
import { change } from '../report/format.ts'
import { type Acceptance, appendAcceptance } from './acceptances.ts'
import { readStoredRun } from './stored-run.ts'

export interface AcceptOptions {
  /** Ids with `*`; without it, every case that regressed. */
  readonly pattern: string | undefined
  readonly reason: string
  readonly run: string
  readonly baseline: string
}

type Changed = { readonly id: string; readonly comparison: Comparison }

/**
 * Makes a stored run the new level of the cases that are named. Cases that the run does not have are dropped from the baseline only where
 * the pattern names them: the run may have been a part of all.
 *
 * @returns what was done, a line each
 * @throws PerfError USAGE where there is nothing to accept, or where something else stands against it
 */
export async function acceptRun({ pattern, reason, run: from, baseline: path }: AcceptOptions): Promise<string[]> {
  const run = await readStoredRun(from)
  const reading = await readBaseline(path)
  const named = matcher(pattern)
  const level = changedOf(run).filter(({ id }) => named(id))
  const dropped = pattern === undefined ? [] : run.missing.filter(({ id }) => named(id))
  if (level.length + dropped.length === 0) throw new PerfError('USAGE', nothing(pattern, run))
  const next = nextBaseline(reading, run, {
    allowed: true,
    accept: [...level, ...(dropped.length > 0 ? dropped : run.missing)].map(({ id }) => id),
    // Nothing is dropped from a run that may have been filtered.
    filtered: dropped.length === 0,
  })
  if (next.state === 'kept') throw new PerfError('USAGE', `The baseline is as it was: ${next.reason}.`)
  await writeBaseline(path, next.baseline)
  const acceptance: Acceptance = {
    at: new Date().toISOString(),
    reason,
    commit: run.environment.commit,
    fingerprint: run.environment.fingerprint,
    cases: [...level, ...dropped].map(({ id, comparison: { metric, base, head } }) => ({
      id,
      metric,
      ...(base !== undefined && { from: base }),
      ...(head !== undefined && { to: head }),
    })),
  }
  await appendAcceptance(join(dirname(path), 'baseline-accepted.ndjson'), acceptance)
  return [
    ...level.map(({ id, comparison }) => `accepted  ${id}  ${comparison.metric} ${effectText(comparison)}`),
    ...dropped.map(({ id }) => `dropped   ${id}`),
    `${path} holds the run of ${new Date(run.started_at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
  ]
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

import type { Environment } from '../model/environment.ts'
import type { Compared, Comparison, Run, SummarisedCase } from '../model/run.ts'
import type { Milliseconds } from '../model/units.ts'
import { disagreement } from './agreement.ts'
import { timeQuantiles } from '../stats/time-quantiles.ts'
import type { Baseline, BaselineReading, Machine, RecordedCase, RecordedEnvironment, RecordedValue } from './baseline.ts'
import { machineKeys } from './baseline.ts'
import { headlines } from './headline.ts'

export interface StoreOptions {
  /** Whether this run may write at all: under CI only where it was asked for. */
  readonly allowed: boolean
  /** Ids of cases whose change or removal is meant: their history starts anew, or ends. `'*'` is all that regressed or are missing. */
  readonly accept?: readonly string[]
  /** Only some cases were asked for: what is absent was not removed. @default false */
  readonly filtered?: boolean
  /** Take cases that do not agree with themselves, too. @default false */
  readonly force?: boolean
}

/** A case whose run is no measure for later ones. */
export interface LeftOut {
  readonly id: string
  readonly reason: string
}

export type NextBaseline =
  | { readonly state: 'updated'; readonly baseline: Baseline; readonly left_out: readonly LeftOut[] }
  | { readonly state: 'kept'; readonly reason: string }

/** Runs that are remembered of a case. */
const remembered = 30

/** What the baseline is after a run: with its values where the run was good, as it was, with the reason, where not. */
export function nextBaseline(reading: BaselineReading, run: Run, options: StoreOptions): NextBaseline {
  const accepted = (id: string): boolean => options.accept?.some((one) => one === '*' || one === id) ?? false
  const against = reasonAgainst(reading, run, options, accepted)
  if (against !== undefined) return { state: 'kept', reason: against }
  const left_out = run.cases.flatMap((one) => leftOut(one, run, options.force ?? false, accepted))
  const measured = run.cases.filter(({ state }) => state === 'measured').length
  const [first] = left_out
  if (first && left_out.length === measured) return { state: 'kept', reason: `no case can become part of it; ${first.id}: ${first.reason}` }
  const out = new Set(left_out.map(({ id }) => id))
  const before = reading.state === 'usable' && reading.baseline.format === 'baseline' ? reading.baseline.environments : []
  const { fingerprint } = run.environment
  const own = before.find((one) => one.fingerprint === fingerprint)
  const environments = [
    ...before.filter((one) => one !== own),
    grown(own, { ...run, cases: run.cases.filter(({ identity }) => !out.has(identity.id)) }, options, accepted, run.cases),
  ]
  const sorted = environments.toSorted((a, b) => ((a.fingerprint ?? '') < (b.fingerprint ?? '') ? -1 : 1))
  const path = reading.state === 'usable' ? reading.baseline.path : reading.path
  return { state: 'updated', baseline: { path, format: 'baseline', environments: sorted }, left_out }
}

function leftOut(one: Compared, { config }: Run, force: boolean, accepted: (id: string) => boolean): LeftOut[] {
  if (one.state !== 'measured') return []
  const until = waivedUntil(one.comparison)
  // Waived is not accepted: the level that it is measured by stays.
  if (until !== undefined && !accepted(one.identity.id)) return [{ id: one.identity.id, reason: `its regression is waived until ${until}` }]
  const reason = force ? undefined : disagreement(one, one.regression_threshold_percent ?? config.regression_threshold_percent)
  return reason === undefined ? [] : [{ id: one.identity.id, reason }]
}

function waivedUntil(comparison: Comparison | undefined): string | undefined {
  return comparison?.findings.flatMap((one) => (one.code === 'regression_waived' ? [one.facts.until] : []))[0]
}

function reasonAgainst(reading: BaselineReading, run: Run, options: StoreOptions, accepted: (id: string) => boolean): string | undefined {
  if (!options.allowed) return 'it is only written when asked for'
  if (reading.state === 'usable' && reading.baseline.format === 'history')
    return 'runs are compared with the history, which every whole run continues'
  if (reading.state === 'unusable') return 'the file that is there cannot be read, and may hold a history'
  const { exit_reason } = run.verdict
  if (exit_reason !== 'ok' && exit_reason !== 'regression') return `the run did not pass: ${exit_reason}`
  const regressed = run.cases
    .filter(({ comparison }) => comparison?.verdict === 'regressed' && waivedUntil(comparison) === undefined)
    .map(({ identity }) => identity.id)
  const removed = [
    ...run.missing.filter(({ comparison }) => waivedUntil(comparison) === undefined).map(({ id }) => id),
    ...run.cases
      .filter(
        ({ state, comparison }) =>
          (state === 'skipped' || state === 'measured') && comparison?.verdict === 'missing' && waivedUntil(comparison) === undefined,
      )
      .map(({ identity }) => identity.id),
  ]
  // A run that passed although cases are missing was a filtered one, or removals were not to fail it: those histories stay.
  const open = [...regressed, ...(exit_reason === 'regression' ? removed : [])].filter((id) => !accepted(id))
  if (open.length > 0) return `the run regressed or misses cases, and these were not accepted: ${open.join(', ')}`
  return run.cases.some(({ state }) => state === 'measured') ? undefined : 'nothing was measured'
}

function grown(
  own: RecordedEnvironment | undefined,
  run: Run,
  options: StoreOptions,
  accepted: (id: string) => boolean,
  all: Run['cases'],
): RecordedEnvironment {
  const present = new Set(all.map(({ identity }) => identity.id))
  const removed = (id: string): boolean => !present.has(id) && !options.filtered && accepted(id)
  const cases: Record<string, RecordedCase> = Object.fromEntries(Object.entries(own?.cases ?? {}).filter(([id]) => !removed(id)))
  const times: Record<string, readonly Milliseconds[]> = Object.fromEntries(Object.entries(own?.times ?? {}).filter(([id]) => !removed(id)))
  for (const one of run.cases) {
    if (one.state !== 'measured') continue
    const { id } = one.identity
    const verdict = one.comparison?.verdict
    // A new level is judged by itself: values from before an improvement would hide the next regression.
    const anew = verdict === 'improved' || (verdict === 'regressed' && accepted(id)) || (options.accept?.includes(id) ?? false)
    const earlier = !anew && Object.hasOwn(cases, id) ? (cases[id] ?? {}) : {}
    // Beside the best figure those are continued that have a history: batches of one call today may be of two tomorrow.
    const figures = headlines(one).filter(({ metric }, index) => index === 0 || earlier[metric])
    if (figures.length === 0) continue
    const grownBy = figures.map(({ metric, value }) => [
      metric,
      [...(earlier[metric] ?? []), recorded(one, value, run.environment)].slice(-remembered),
    ])
    cases[id] = { ...earlier, ...Object.fromEntries(grownBy) }
    const quantiles = figures.some(({ is_time }) => is_time) ? timeQuantiles(one.measurement) : undefined
    if (quantiles) times[id] = quantiles
  }
  return {
    fingerprint: run.environment.fingerprint,
    machine: machineOf(run.environment),
    cases,
    ...(Object.keys(times).length > 0 && { times }),
    ...(own?.accepted && { accepted: own.accepted }),
  }
}

function recorded(one: SummarisedCase, value: number, { commit, dirty }: Environment): RecordedValue {
  return {
    at: new Date(one.started_at).toISOString(),
    commit: commit !== null && dirty ? `${commit}-dirty` : commit,
    value: Number(value.toPrecision(6)),
  }
}

function machineOf(environment: Environment): Machine {
  return Object.fromEntries(machineKeys.map((key) => [key, environment[key]]))
}

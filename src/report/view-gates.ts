import type { Compared, JudgedGate, Run, SloCheck } from '../model/run.ts'
import { metricDefinition } from '../model/metric-catalogue.ts'
import { gateFails, isAboutNoCase } from './failing.ts'
import { counted, none, quantity } from './format.ts'
import { splitMetric, unitOf } from './metric-text.ts'
import { plain } from './plain-text.ts'
import type { Mark } from './sentences.ts'
import { gateMarks, objectives, operatorSigns } from './sentences.ts'

/** Where a value stands beside its limit, for a bullet: both on one scale that starts at 0. */
export interface Bullet {
  readonly actual: number
  readonly limit: number
  readonly better: 'lower' | 'higher'
}

export interface GateView {
  readonly mark: Mark
  readonly name: string
  readonly metric: string
  readonly caseId: string
  readonly actual: string
  /** `< 1 s` */
  readonly wanted: string
  readonly blocking: boolean
  readonly severity: string
  readonly message: string
  /** `src/search.bench.ts:7`, or empty. */
  readonly place: string
  readonly bullet: Bullet | null
  /** Its case was not asked for, and it fails nothing. */
  readonly absent: boolean
}

const worstFirst = ['failed', 'missing', 'undecided', 'passed'] as const

export function gateViews(run: Run, casesById: ReadonlyMap<string, Compared>): GateView[] {
  // What failed the run stands before what failed as a warning.
  const rank = (gate: JudgedGate): number =>
    (gateFails(gate, run) ? 0 : 8) + worstFirst.indexOf(gate.outcome) * 2 + (gate.severity === 'Blocking' ? 0 : 1)
  return run.gates.toSorted((a, b) => rank(a) - rank(b)).map((gate) => ({ ...gateView(gate, casesById), absent: isAbsent(gate, run) }))
}

const isAbsent = (gate: JudgedGate, run: Run): boolean => isAboutNoCase(gate) && !gateFails(gate, run)

/** Gates about cases that the run does not have fail nothing where a part of the benchmarks was asked for: one line tells of all of them. */
export function reasonsOf(run: Run): string[] {
  const { reasons, reason_codes = [] } = run.verdict
  const told = reasons.filter((_, at) => reason_codes[at] !== 'gate_without_case')
  if (reasons.length - told.length < 2) return [...reasons]
  const absent = run.gates.filter((gate) => isAbsent(gate, run)).length
  return [...told, `${counted(absent, 'gate')} are about cases ${run.shard ? 'of other shards' : 'that this run does not have'}`]
}

function gateView(gate: JudgedGate, casesById: ReadonlyMap<string, Compared>): Omit<GateView, 'absent'> {
  const { id, metric } = splitMetric(gate.metric)
  const unit = unitOf(metric, casesById.get(id))
  const { actual, operator, threshold } = gate
  const known = actual !== null && Number.isFinite(actual)
  return {
    mark: gateMarks[gate.outcome],
    name: plain(gate.name),
    metric: plain(gate.metric),
    caseId: id,
    actual: known ? quantity(actual, unit) : none,
    wanted: `${operatorSigns[operator]} ${quantity(threshold, unit)}`,
    blocking: gate.severity === 'Blocking',
    severity: gate.severity === 'Blocking' ? 'blocking' : 'warning',
    message: gate.outcome === 'passed' || toldByTheRow(gate) ? '' : plain(gate.message, 300),
    place: placeOf(gate),
    bullet:
      known && actual >= 0 && threshold >= 0 && operator !== 'Equal'
        ? { actual, limit: threshold, better: operator.startsWith('Less') ? 'lower' : 'higher' }
        : null,
  }
}

// Metric, figure and limit stand beside it already; a gate that passed needs no story at all.
const toldByTheRow = ({ reason }: JudgedGate): boolean => reason === 'beyond_threshold'

// The judge's sentence often ends with the place already.
function placeOf(gate: JudgedGate): string {
  const { file, line, message, outcome } = gate
  const place = [file, line].filter((part) => part !== undefined).join(':')
  return outcome === 'passed' || (message.includes(place) && !toldByTheRow(gate)) ? '' : plain(place)
}

export interface SloView {
  readonly objective: string
  readonly met: boolean
  readonly mark: Mark
  readonly critical: boolean
  readonly metric: string
  readonly caseId: string
  /** The id, safe to print. */
  readonly caseText: string
  readonly actual: string
  readonly wanted: string
  readonly message: string
  readonly bullet: Bullet | null
}

export interface ObjectiveView {
  readonly label: string
  readonly met: number
  readonly total: number
  readonly percent: string
  /** 0 to 1 */
  readonly share: number
}

export interface SloSummary {
  /** `8 of 10 met`, or why there is none. */
  readonly text: string
  readonly percent: string
  readonly objectives: readonly ObjectiveView[]
  /** Furthest from its limit first, at most two an objective. */
  readonly misses: readonly SloView[]
  /** Met, with the least room first; only where few were missed. */
  readonly closest: readonly SloView[]
  readonly checks: readonly SloView[]
  readonly notChecked: readonly { readonly objective: string; readonly reason: string }[]
}

const objective = (slo: string): { readonly label: string; readonly unit: string } | undefined =>
  Object.hasOwn(objectives, slo) ? objectives[slo] : undefined
const labelOf = (slo: string): string => objective(slo)?.label ?? plain(slo, 60)
const distance = ({ actual, limit }: SloCheck): number => Math.abs(Math.log(Math.max(actual, 1e-9) / Math.max(limit, 1e-9)))

export function sloSummary({ slo }: Run): SloSummary {
  const misses = slo.violations.toSorted((a, b) => Number(b.critical) - Number(a.critical) || distance(b) - distance(a))
  const met = slo.checks.filter((check) => check.met).length
  return {
    text: slo.checks.length ? `${met} of ${counted(slo.checks.length, 'check')} met` : 'no objective could be checked',
    percent: slo.overall_compliance === null ? none : quantity(slo.overall_compliance, '%'),
    objectives: Object.entries(Object.groupBy(slo.checks, (check) => check.slo)).map(([name, checks = []]) => objectiveView(name, checks)),
    misses: misses.filter((miss, at) => misses.slice(0, at).filter(({ slo }) => slo === miss.slo).length < 2).map(sloView),
    closest: closestOf(slo).map(sloView),
    checks: slo.checks.map(sloView),
    notChecked: slo.not_checked.map(({ slo, reason }) => ({ objective: labelOf(slo), reason: plain(reason, 200) })),
  }
}

const mostClosest = 5

function closestOf({ checks, violations }: Run['slo']): SloCheck[] {
  const met = checks.filter(({ met }) => met)
  // One an objective: the nearest says it all.
  const nearest = Object.values(Object.groupBy(met, ({ slo }) => slo)).flatMap((some = []) =>
    some.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1),
  )
  return nearest.sort((a, b) => distance(a) - distance(b)).slice(0, Math.max(0, mostClosest - Math.min(violations.length, mostClosest)))
}

function objectiveView(slo: string, checks: readonly SloCheck[]): ObjectiveView {
  const met = checks.filter((check) => check.met).length
  return { label: labelOf(slo), met, total: checks.length, percent: quantity((met / checks.length) * 100, '%'), share: met / checks.length }
}

function sloView(check: SloCheck): SloView {
  const { metric } = splitMetric(check.metric)
  const unit = objective(check.slo)?.unit ?? metricDefinition(metric)?.unit ?? 'n'
  // The names max_* and min_* do not tell the direction of every objective; what was met does.
  const atMost = check.actual === check.limit ? !check.slo.startsWith('min_') : check.actual < check.limit === check.met
  return {
    objective: labelOf(check.slo),
    met: check.met,
    mark: gateMarks[check.met ? 'passed' : 'failed'],
    critical: check.critical,
    metric: plain(check.metric.includes('.') ? check.metric : `${check.case}.${check.metric}`),
    caseId: check.case,
    caseText: plain(check.case, 60),
    actual: quantity(check.actual, unit),
    wanted: `${atMost ? '≤' : '≥'} ${quantity(check.limit, unit)}`,
    message: plain(check.message, 300),
    bullet:
      check.actual >= 0 && check.limit >= 0 ? { actual: check.actual, limit: check.limit, better: atMost ? 'lower' : 'higher' } : null,
  }
}

import type { Gate } from '../model/benchmark-config.ts'
import { idMatcher, isPattern } from '../model/id-pattern.ts'
import { metricDefinition } from '../model/metric-catalogue.ts'
import { splitMetric } from '../model/metric-name.ts'
import { comparing } from '../model/operators.ts'
import { placeText } from '../model/error.ts'
import type { Compared, GateOutcome, GateReason, JudgedGate, SummarisedCase } from '../model/run.ts'
import type { ShardName } from '../model/shard.ts'
import { digits, figure, unitOf } from './figure.ts'
import { cannotTell, noSuchCase, noSuchMetric, notHere, notMeasured, whyUnavailable } from './missing-metric.ts'
import { decideByInterval, decideByPoint } from './operators.ts'
import { visibleText } from './visible-text.ts'

/** One judged gate, and whether its metric was left out by a filter rather than by a mistake. */
export interface GateRuling {
  readonly gate: JudgedGate
  /** No case of this run answers to it, or the case was skipped. */
  readonly not_run: boolean
  readonly interval?: readonly [low: number, high: number]
  /** Of the metric; where there is an interval. */
  readonly unit?: string
}

/** A filter leaves cases out on purpose; what ran is judged as strictly as ever. */
export function gateFails({ gate, not_run }: GateRuling, strict: boolean, filtered: boolean): boolean {
  if (gate.severity === 'Warning') return false
  switch (gate.outcome) {
    case 'passed':
      return false
    case 'failed':
      return true
    case 'undecided':
      return strict
    case 'missing':
      return !(filtered && not_run)
  }
}

/** Judges one gate: a ruling for each case that its id means, or one that says why there is none. */
export function judgeGate(gate: Gate, cases: readonly Compared[], shard?: ShardName): GateRuling[] {
  const { id, name } = splitMetric(gate.metric)
  const meant = idMatcher(id)
  const matching = cases.filter((one) => meant(one.identity.id))
  const judged = isPattern(id) ? matching.filter((one) => canHave(one, name)) : matching
  if (judged.length === 0) {
    const [only] = matching
    // A pattern may mean cases of other shards beside those that are here.
    const elsewhere = shard !== undefined && (matching.length === 0 || isPattern(id))
    if (elsewhere) return [{ gate: missing(gate, gate.metric, 'other_shard', notHere(id, shard)), not_run: true }]
    const untold = only?.state === 'measured' && matching.length === 1 ? noSuchMetric(name, only) : cannotTell(name, matching)
    const judgement =
      untold === undefined
        ? missing(gate, gate.metric, 'no_such_case', noSuchCase(id, cases))
        : missing(gate, gate.metric, 'no_such_metric', untold)
    return [{ gate: judgement, not_run: matching.length === 0 }]
  }
  return judged.map((one) => judgeCase(gate, name, one))
}

/**
 * A pattern means the cases that can have the metric: `*.p95_time_ms` asks nothing of a tracked number, and `*.heap_mb` nothing of a server that is not
 * Node.js.
 */
function canHave(one: Compared, name: string): boolean {
  if (one.state === 'measured' && Object.hasOwn(one.metrics, name)) return true
  if (one.state === 'measured' && whyUnavailable(name, one) !== undefined) return false
  const definition = metricDefinition(name)
  if (definition) return definition.kinds.includes(one.identity.kind)
  return one.state === 'failed'
}

function judgeCase(gate: Gate, name: string, one: Compared): GateRuling {
  const metric = `${one.identity.id}.${name}`
  if (one.state !== 'measured')
    return { gate: missing(gate, metric, 'case_not_measured', notMeasured(one), one), not_run: one.state !== 'failed' }
  const actual = Object.hasOwn(one.metrics, name) ? one.metrics[name] : undefined
  if (actual === undefined || Number.isNaN(actual))
    return { gate: missing(gate, metric, 'no_such_metric', noSuchMetric(name, one), one), not_run: false }
  const estimate = Object.hasOwn(one.estimates, name) ? one.estimates[name] : undefined
  const interval = estimate && estimate.low <= estimate.high ? ([estimate.low, estimate.high] as const) : undefined
  const seen = interval
    ? decideByInterval(gate.operator, interval[0], interval[1], gate.threshold)
    : decideByPoint(gate.operator, actual, gate.threshold)
  const outcome = afterAbort(gate, seen, one)
  const note = noteOn(name, one)
  const message = `${sentence(gate, metric, actual, interval, outcome, { unit: unitOf(name, one), stopped: outcome !== seen })}${note} ${at(one)}`
  const reason = reasonOf(outcome, seen, note)
  return {
    gate: { ...gate, metric, actual, outcome, ...(reason && { reason }), message, ...place(one) },
    not_run: false,
    ...(interval ? { interval, unit: unitOf(name, one) } : {}),
  }
}

function reasonOf(outcome: GateOutcome, seen: GateOutcome, note: string): GateReason | undefined {
  if (outcome === 'passed') return undefined
  if (outcome === 'failed') return note === '' ? 'beyond_threshold' : 'noted'
  return outcome === seen ? 'interval_holds_threshold' : 'stopped_early'
}

/** A load that was stopped for a gate has failed it. What it says of other gates holds for a part of the load: it does not pass them. */
function afterAbort(gate: Gate, seen: GateOutcome, { findings }: SummarisedCase): GateOutcome {
  const stop = findings.find((one) => one.code === 'aborted_early')
  if (!stop) return seen
  if (stop.facts.gate === gate.name) return 'failed'
  return seen === 'passed' ? 'undecided' : seen
}

function sentence(
  gate: Gate,
  metric: string,
  actual: number,
  interval: readonly [number, number] | undefined,
  outcome: GateOutcome,
  { unit, stopped }: { readonly unit: string; readonly stopped: boolean },
): string {
  const { threshold } = gate
  const wanted = `${comparing[gate.operator].words} ${figure(threshold, unit, actual)}`
  const is = `${metric} is ${figure(actual, unit, threshold)}`
  const between = interval ? ` (interval ${figure(interval[0], unit, threshold)} to ${figure(interval[1], unit, threshold)})` : ''
  switch (outcome) {
    case 'passed':
      return `${is}${between}, as wanted: ${wanted}`
    case 'undecided':
      if (stopped) return `${is}${between}, from a part of the load only: whether it is ${wanted} is undecided`
      return `${is}${between}: the interval holds the threshold, so whether it is ${wanted} is undecided`
    case 'failed':
    case 'missing':
      return `${is}${between}, must be ${wanted}`
  }
}

/** What a reader must know beside the figure: a throughput whose ceiling was ours is a lower bound, and failed answers are quick ones. */
function noteOn(name: string, { measurement, metrics, findings }: SummarisedCase): string {
  if (measurement.type !== 'load') return ''
  const { verdict, reason } = measurement.ceiling
  const isRate = name.endsWith('_per_second')
  const ceiling = isRate && verdict !== 'server' ? `; the ${verdict} was the limit, not the server: ${reason}` : ''
  const success = metrics['success_rate'] ?? 100
  const failing = (isRate || name.endsWith('_time_ms')) && success < 99 ? `; only ${digits(success)} % of its requests succeeded` : ''
  const stop = findings.find((one) => one.code === 'aborted_early')
  return ceiling + failing + (stop ? `; the load was stopped early: ${visibleText(stop.facts.reason, 300)}` : '')
}

function missing(gate: Gate, metric: string, reason: GateReason, why: string, one?: Compared): JudgedGate {
  const message = one ? `${why} ${at(one)}` : why
  return { ...gate, metric, actual: null, outcome: 'missing', reason, message, ...(one ? place(one) : {}) }
}

const place = ({ identity: { file, line } }: Compared): { file: string; line: number } => ({ file, line })
const at = (one: Compared): string => `(${placeText(place(one))})`

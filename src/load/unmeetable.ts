import type { FailureKind } from '../model/measured.ts'
import { comparing } from '../model/operators.ts'
import { wilson } from '../stats/wilson.ts'
import type { GrowingMetric, Stop } from './job.ts'

/** A load, seen while it runs. */
export interface SoFar {
  readonly elapsedMs: number
  readonly requests: number
  readonly failures: Readonly<Record<FailureKind, number>>
  readonly maxMs: number
}

export interface StopReason {
  readonly reason: string
  /** Name of the gate that can no longer be met. */
  readonly gate?: string
}

const growing: Readonly<Record<GrowingMetric, (soFar: SoFar) => number>> = {
  error_count: ({ failures }) => total(failures),
  status_error_count: ({ failures }) => failures.status,
  check_error_count: ({ failures }) => failures.check,
  timeout_count: ({ failures }) => failures.timeout,
  connection_error_count: ({ failures }) => failures.connection + failures.protocol,
  max_time_ms: ({ maxMs }) => maxMs,
}

export const isGrowing = (metric: string): metric is GrowingMetric => Object.hasOwn(growing, metric)

const fewest = 20
/** One-sided 99.9 %: the look is repeated four times a second, and a load must not be stopped by chance. */
const confidence = 0.998
/** Failures can be slow: what is left may be sent at many times the pace so far. */
const fastest = 10

/** Why the load should not go on; undefined where it should. */
export function firstUnmeetable(stops: readonly Stop[], soFar: SoFar): StopReason | undefined {
  for (const stop of stops) {
    const reason = unmeetable(stop, soFar)
    if (reason !== undefined) return stop.by === 'share' ? { reason } : { reason, gate: stop.gate.name }
  }
  return undefined
}

function unmeetable(stop: Stop, soFar: SoFar): string | undefined {
  switch (stop.by) {
    case 'share':
      return hopeless(total(soFar.failures), soFar.requests, stop.percent)
    case 'growth': {
      const { gate, metric } = stop
      const actual = growing[metric](soFar)
      const met = gate.operator === 'Equal' ? actual <= gate.threshold : comparing[gate.operator].holds(actual, gate.threshold)
      return met ? undefined : `${metric} is ${Number(actual.toPrecision(4))} already, must be ${wanted(stop)}`
    }
    case 'success':
      return successLost(stop, soFar)
  }
}

/** Even if all that are left were good, the whole interval of the share would be below what the gate asks for. */
function successLost(stop: Extract<Stop, { by: 'success' }>, { elapsedMs, requests, failures }: SoFar): string | undefined {
  const failed = total(failures)
  if (failed === 0 || requests < fewest) return undefined
  const left = Math.max(0, stop.durationMs - elapsedMs)
  const most = Math.max(requests, stop.planned ?? Math.ceil(requests * (1 + (fastest * left) / elapsedMs)))
  const { operator, threshold } = stop.gate
  const { high } = wilson(most - failed, most)
  if (operator === 'Equal' ? high >= threshold : comparing[operator].holds(high, threshold)) return undefined
  return `${failed} of ${requests} requests failed, so success_rate can no longer be ${wanted(stop)}`
}

/** Why the share of failures is above what is allowed: even its lower bound is. Undefined where it is not. */
export function hopeless(failed: number, responses: number, allowedPercent: number): string | undefined {
  if (responses < fewest || wilson(failed, responses, confidence).low <= allowedPercent) return undefined
  return `${failed} of ${responses} requests failed; at most ${allowedPercent} % were allowed`
}

function wanted({ gate }: Exclude<Stop, { by: 'share' }>): string {
  return `${comparing[gate.operator].words} ${gate.threshold} (gate "${gate.name}")`
}

function total(failures: SoFar['failures']): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0)
}

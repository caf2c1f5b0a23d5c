import { describe, expect } from 'vitest'
import { test as pure } from 'vitest'
import type { Gate } from '../../src/model/benchmark-config.ts'
import type { FailureKind } from '../../src/model/measured.ts'
import type { HttpSpec } from '../../src/model/spec.ts'
import { OptionCheck } from '../../src/load/option-check.ts'
import { shapeOf } from '../../src/load/load-shape.ts'
import { stopsOf } from '../../src/load/stops.ts'
import { firstUnmeetable, type StopReason } from '../../src/load/unmeetable.ts'
import { judgeGate } from '../../src/gates/judge-gate.ts'
import { codes, load, test } from './servers.ts'

const gate = (metric: string, operator: Gate['operator'], threshold: number, name = metric): Gate => ({
  name,
  metric: `case.${metric}`,
  operator,
  threshold,
  severity: 'Blocking',
})

/** What a load that has come so far is told. */
function told(
  gates: readonly Gate[],
  seen: { requests: number; elapsedMs?: number; maxMs?: number; failed?: Partial<Record<FailureKind, number>> },
  options: Partial<HttpSpec> = {},
): StopReason | undefined {
  const spec = { name: 'case', origin: 'http://127.0.0.1:1', request: { path: '/' }, durationMs: 1000, warmupMs: 0, ...options } as HttpSpec
  const stops = stopsOf({ ...spec, abort_on_fail: options.abort_on_fail ?? true, gates }, shapeOf(spec), new OptionCheck('case'))
  const failures = { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0, ...seen.failed }
  return firstUnmeetable(stops, { elapsedMs: seen.elapsedMs ?? 500, requests: seen.requests, maxMs: seen.maxMs ?? 1, failures })
}

describe('a gate that can no longer be met', () => {
  pure('is one on a count that is above its bound', () => {
    const errors = [gate('error_count', 'LessThanOrEqual', 2, 'Errors')]
    expect(told(errors, { requests: 100, failed: { status: 1, timeout: 1 } })).toBeUndefined()
    expect(told(errors, { requests: 100, failed: { status: 2, timeout: 1 } })).toEqual({
      reason: 'error_count is 3 already, must be at most 2 (gate "Errors")',
      gate: 'Errors',
    })
    expect(told([gate('check_error_count', 'LessThan', 1)], { requests: 9, failed: { check: 1 } })?.gate).toBe('check_error_count')
    expect(told([gate('check_error_count', 'LessThan', 1)], { requests: 9, failed: { status: 1 } })).toBeUndefined()
    expect(told([gate('timeout_count', 'Equal', 0)], { requests: 9, failed: { timeout: 1 } })?.reason).toContain('must be exactly 0')
    expect(told([gate('timeout_count', 'Equal', 3)], { requests: 9, failed: { timeout: 1 } })).toBeUndefined()
    expect(told([gate('connection_error_count', 'LessThan', 2)], { requests: 9, failed: { connection: 1, protocol: 1 } })).toBeDefined()
  })

  pure('is one on the longest time that was exceeded', () => {
    expect(told([gate('max_time_ms', 'LessThan', 50)], { requests: 1, maxMs: 49 })).toBeUndefined()
    expect(told([gate('max_time_ms', 'LessThan', 50)], { requests: 1, maxMs: 50 })?.reason).toContain('max_time_ms is 50 already')
  })

  pure('is none that could still be met, or whose metric may fall again', () => {
    expect(told([gate('p95_time_ms', 'LessThan', 5)], { requests: 100, maxMs: 9 })).toBeUndefined()
    expect(told([gate('error_count', 'GreaterThan', 5)], { requests: 100, failed: { status: 50 } })).toBeUndefined()
    expect(told([gate('success_rate', 'LessThan', 50)], { requests: 100, failed: { status: 50 } })).toBeUndefined()
  })

  pure('on success with a fixed number of requests, is lost where even the rest could not make it good', () => {
    const works = [gate('success_rate', 'GreaterThanOrEqual', 90)]
    const of = (failed: number) => told(works, { requests: 200, failed: { status: failed } }, { amount: 1000 })
    // 100 of 1000 are the bound itself, which the interval leaves open up to about 120.
    expect(of(100)).toBeUndefined()
    expect(of(115)).toBeUndefined()
    expect(of(130)?.reason).toContain('130 of 200 requests failed, so success_rate can no longer be at least 90')
    expect(told(works, { requests: 150, failed: { status: 130 } }, { rate: 1000 })).toBeDefined()
    expect(told(works, { requests: 150, failed: { status: 90 } }, { rate: 1000 })).toBeUndefined()
  })

  pure('on success over a time, is lost only where ten times the pace could not make it good', () => {
    const works = [gate('success_rate', 'GreaterThan', 99)]
    const of = (elapsedMs: number, failed: number) => told(works, { requests: 1000, elapsedMs, failed: { status: failed } })
    expect(of(10, 1000)).toBeUndefined()
    expect(of(500, 1000)).toBeDefined()
    expect(of(500, 50)).toBeUndefined()
    expect(of(900, 50)).toBeDefined()
    expect(of(990, 0)).toBeUndefined()
    expect(told(works, { requests: 10, elapsedMs: 900, failed: { status: 10 } })).toBeUndefined()
  })

  pure('is asked for with true; a number is a share of failures, whatever the gates are', () => {
    const works = [gate('error_count', 'LessThan', 1)]
    const half = { requests: 100, failed: { status: 50 } }
    expect(told(works, half, { abort_on_fail: 10 })).toEqual({ reason: '50 of 100 requests failed; at most 10 % were allowed' })
    expect(told(works, half, { abort_on_fail: 60 })).toBeUndefined()
    expect(told(works, half, { abort_on_fail: false })).toBeUndefined()
  })
})

describe('a load whose gate is lost', () => {
  test('ends at once, says why, and fails the gate', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(500).end()
    })
    const lost = gate('error_count', 'LessThanOrEqual', 100, 'Errors')
    const gates = [lost, gate('max_time_ms', 'LessThan', 1e6)]
    const { measurement, metrics, findings } = await load(origin, { connections: 1, durationMs: 60_000, abort_on_fail: true, gates })
    expect(measurement.elapsed_ms).toBeLessThan(30_000)
    const stop = findings.find(({ code }) => code === 'aborted_early')
    expect(stop?.facts).toMatchObject({ gate: 'Errors', reason: expect.stringMatching(/^error_count is \d+ already, must be at most 100/) })
    const one = {
      identity: { id: 'case', operation: 'case', suite: '', name: 'case', file: 'a.bench.ts', line: 1, kind: 'http', project: '' },
      state: 'measured',
      started_at: 0,
      duration_ms: 1,
      measurement,
      phases: [],
      resources: [],
      findings,
      own_metrics: {},
      metrics,
      estimates: {},
    } as const
    expect(gates.map((of) => judgeGate(of, [one])[0]?.gate.outcome)).toEqual(['failed', 'undecided'])
    expect(judgeGate(gates[1]!, [one])[0]?.gate.message).toContain('from a part of the load only')
  })

  test('goes on where its gates can be met', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const gates = [gate('error_count', 'LessThan', 1), gate('success_rate', 'GreaterThan', 99)]
    const { findings } = await load(origin, { connections: 1, durationMs: 600, abort_on_fail: true, gates })
    expect(codes(findings)).not.toContain('aborted_early')
  })
})

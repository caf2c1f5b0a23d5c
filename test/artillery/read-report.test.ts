import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ArtilleryLoad } from '../../src/artillery/artillery-load.ts'
import { findArtillery } from '../../src/artillery/installation.ts'
import { readReport } from '../../src/artillery/read-report.ts'
import { samplesSchema } from '../../src/report/measurement-schema.ts'
import { summariseReported } from '../../src/stats/summarise-reported.ts'

/** Written by Artillery 2.0.21 for 2 s at 20/s and 3 s from 20 to 60/s, every fourth request to a path that answers 503. */
const recorded = readFileSync(join(import.meta.dirname, 'report-2.0.21.json'), 'utf8')

const load: ArtilleryLoad = {
  name: 'search',
  origin: 'http://127.0.0.1:4567',
  authorization: undefined,
  requests: [{ path: '/x' }],
  stages: [
    { fromRate: 20, toRate: 20, durationMs: 2000 },
    { fromRate: 20, toRate: 60, durationMs: 3000 },
  ],
  arrivals: 'constant',
  maxInFlight: 1000,
  timeoutMs: 10_000,
  sockets: undefined,
  keepAlive: true,
  distributed: { platform: 'local', workers: 1, arguments: [] },
}

const withCounters = (counters: object): string => {
  const report = JSON.parse(recorded) as { aggregate: { counters: object } }
  return JSON.stringify({ ...report, aggregate: { ...report.aggregate, counters: { ...report.aggregate.counters, ...counters } } })
}

describe('a report of Artillery', () => {
  it('gives its counts and its percentiles under our names', () => {
    const measurement = readReport(recorded, load, '2.0.21')
    expect(measurement).toMatchObject({
      requests: 160,
      answered: 160,
      planned: 160,
      dropped: 0,
      elapsed_ms: 5000,
      wanted_rate: 32,
      codes: { 200: 118, 503: 42 },
      errors: {},
      failures: { status: 42, timeout: 0, connection: 0 },
    })
    const { metrics, findings } = summariseReported(measurement)
    expect(metrics).toMatchObject({
      avg_time_ms: 6.4,
      p50_time_ms: 6,
      p95_time_ms: 10.1,
      p999_time_ms: 16.9,
      max_time_ms: 33,
      requests_per_second: 32,
      success_rate: 73.75,
      error_count: 42,
      body_bytes_per_request: 20,
    })
    expect(findings).toContainEqual({ code: 'failed_requests', facts: { failed: 42, total: 160, first: '', frequent: '503' } })
  })

  it('says by kind what had no answer', () => {
    const { failures } = readReport(
      withCounters({ 'errors.ECONNREFUSED': 3, 'errors.ETIMEDOUT': 2, 'errors.HPE_INVALID_CONSTANT': 1 }),
      load,
      '2.0.21',
    )
    expect(failures).toEqual({ status: 42, check: 0, timeout: 2, connection: 3, protocol: 1 })
  })

  it('has no latency where nothing was answered', () => {
    const { aggregate } = JSON.parse(recorded) as { aggregate: object }
    const silent = {
      aggregate: { ...aggregate, counters: { 'http.requests': 4, 'errors.ECONNREFUSED': 4 }, summaries: {} },
      intermediate: [],
    }
    const measurement = readReport(JSON.stringify(silent), load, '2.0.21')
    expect(measurement.latency).toBeUndefined()
    const { metrics } = summariseReported(measurement)
    expect(metrics).toMatchObject({ success_rate: 0, requests_per_second: 0, connection_error_count: 4 })
    expect(Object.keys(metrics).filter((name) => name.endsWith('time_ms'))).toEqual([])
  })

  it('counts what was skipped because too many were in flight, and misses the rate', () => {
    const measurement = readReport(withCounters({ 'vusers.skipped': 40, 'http.responses': 120 }), load, '2.0.21')
    expect(summariseReported(measurement).findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['dropped_requests', 'rate_missed']),
    )
  })

  it('is stored and read back as it is', () => {
    const measurement = readReport(recorded, load, '2.0.21')
    expect(samplesSchema.parse(JSON.parse(JSON.stringify(measurement)))).toEqual(measurement)
  })

  it('of another shape is refused', () => {
    expect(() => readReport('{"aggregate":{}}', load, '2.0.21')).toThrow('counters')
  })
})

it('says what to install where Artillery is missing', () => {
  expect(() => findArtillery(import.meta.dirname, '/nowhere')).toThrow(
    /Artillery is not installed in .*nowhere\.\n {2}Install it: npm i -D artillery/,
  )
})

import type { Estimate } from '../model/estimate.ts'
import { finding } from '../model/finding.ts'
import type { Finding } from '../model/finding.ts'
import type { ReportedLoad } from '../model/measured.ts'
import { fewForTails } from './tails.ts'
import { wilson } from './wilson.ts'

/** As for our own loads: below this share of the wanted rate it is said to be missed. */
const shareHeld = 0.98

/**
 * The figures of another tool under our names. Latencies have no intervals, for without samples or a histogram there is nothing to take them from; the share of good requests has
 * one, for it is a count.
 */
export function summariseReported(load: ReportedLoad): {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
  readonly findings: readonly Finding[]
} {
  const failed = Object.values(load.failures).reduce((sum, count) => sum + count, 0)
  const seconds = load.elapsed_ms / 1000
  const rate = seconds > 0 ? load.answered / seconds : 0
  return {
    metrics: {
      ...times(load.latency),
      ...(seconds > 0 ? { ops_per_second: rate, requests_per_second: rate } : {}),
      ...(load.requests > 0 ? { success_rate: (100 * (load.requests - failed)) / load.requests } : {}),
      ...(load.answered > 0 ? { body_bytes_per_request: load.body_bytes_received / load.answered } : {}),
      error_count: failed,
      status_error_count: load.failures.status,
      timeout_count: load.failures.timeout,
      connection_error_count: load.failures.connection + load.failures.protocol,
      dropped_count: load.dropped,
    },
    estimates: load.requests > 0 ? { success_rate: wilson(load.requests - failed, load.requests) } : {},
    findings: findings(load, failed, rate),
  }
}

function times(latency: ReportedLoad['latency']): Record<string, number> {
  if (!latency) return {}
  const { min_ms, max_ms, mean_ms, p50_ms, p75_ms, p90_ms, p95_ms, p99_ms, p999_ms } = latency
  return {
    avg_time_ms: mean_ms,
    min_time_ms: min_ms,
    max_time_ms: max_ms,
    p50_time_ms: p50_ms,
    p75_time_ms: p75_ms,
    p90_time_ms: p90_ms,
    p95_time_ms: p95_ms,
    p99_time_ms: p99_ms,
    p999_time_ms: p999_ms,
  }
}

function findings(
  { requests, answered, dropped, planned, wanted_rate: wanted, codes, errors }: ReportedLoad,
  failed: number,
  achieved: number,
) {
  const found: Finding[] = [...fewForTails(answered)]
  const worst = [...Object.entries(errors), ...Object.entries(codes).filter(([code]) => Number(code) >= 400)].sort((a, b) => b[1] - a[1])
  const frequent = worst[0]?.[0] ?? ''
  if (failed > 0) found.push(finding('failed_requests', { failed, total: requests, first: '', frequent }))
  if (dropped > 0) found.push(finding('dropped_requests', { dropped, planned }))
  if (achieved < wanted * shareHeld) found.push(finding('rate_missed', { wanted, achieved }))
  return found
}

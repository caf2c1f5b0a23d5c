import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Estimate } from '../model/estimate.ts'
import { finding } from '../model/finding.ts'
import type { Finding } from '../model/finding.ts'
import type { LoadTimes } from '../model/measured.ts'
import { loadLatency } from './load-latency.ts'
import { answeredOf, failedOf, loadThroughput } from './load-throughput.ts'
import { fewForTails } from './tails.ts'

/** Share of the wanted rate below which it is said to be missed. */
const shareHeld = 0.98

/** Every metric of an http case, with 95 % intervals where they can be given. */
export function summariseLoad(load: LoadTimes): {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
  readonly findings: readonly Finding[]
} {
  const histogram = decodeFromCompressedBase64(load.histogram)
  const latency = loadLatency(load, histogram)
  const throughput = loadThroughput(load)
  return {
    metrics: { ...latency.metrics, ...throughput.metrics, ...counts(load) },
    estimates: { ...latency.estimates, ...throughput.estimates },
    findings: findings(load, histogram.totalCount),
  }
}

function counts(load: LoadTimes): Record<string, number> {
  const { failures, connections } = load
  return {
    error_count: failedOf(load),
    status_error_count: failures.status,
    check_error_count: failures.check,
    timeout_count: failures.timeout,
    connection_error_count: failures.connection + failures.protocol,
    dropped_count: load.dropped,
    late_count: load.late,
    connections_opened: connections.opened,
    connections_reused: connections.reused,
    connection_wait_ms: connections.wait_ms,
    ...(connections.opened > 0 ? { connect_time_ms: connections.connect_ms } : {}),
    ...(connections.tls_ms > 0 ? { tls_time_ms: connections.tls_ms } : {}),
    ...(load.recovery_time_ms === undefined ? {} : { recovery_time_ms: load.recovery_time_ms }),
  }
}

function findings(load: LoadTimes, latencies: number): readonly Finding[] {
  const found = fewForTails(latencies)
  const { ceiling, generator, dropped, planned, wanted_rate: wanted } = load
  if (ceiling.verdict === 'generator') {
    const { cpu_percent, event_loop_utilization: utilisation } = generator
    found.push(finding('generator_ceiling', { ceiling: ceiling.verdict, reason: ceiling.reason, cpu_percent, utilisation }))
  }
  const failed = failedOf(load)
  if (failed > 0) found.push(finding('failed_requests', { failed, total: load.requests, first: load.first_failures[0]?.message ?? '' }))
  if (dropped > 0) found.push(finding('dropped_requests', { dropped, planned }))
  const achieved = load.elapsed_ms > 0 ? (answeredOf(load) / load.elapsed_ms) * 1000 : 0
  if (wanted !== undefined && achieved < wanted * shareHeld) found.push(finding('rate_missed', { wanted, achieved }))
  return found
}

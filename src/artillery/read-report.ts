import { z } from 'zod'
import type { FailureKind, LoadWindow, ReportedLoad, ReportedTime } from '../model/measured.ts'
import type { ArtilleryLoad } from './artillery-load.ts'

const n = z.number()
const latency = z.object({ min: n, max: n, mean: n, p50: n, p75: n, p90: n, p95: n, p99: n, p999: n })
const period = z.object({
  period: z.coerce.number(),
  counters: z.record(z.string(), n),
  summaries: z.object({ 'http.response_time': latency.optional() }),
})
const reportFile = z.object({
  aggregate: z.object({ ...period.omit({ period: true }).shape, firstMetricAt: n.optional(), lastMetricAt: n.optional() }),
  intermediate: z.array(period),
})

type Counters = Readonly<Record<string, number>>

/** What Artillery wrote with `--output`, in our words. @throws ZodError, SyntaxError */
export function readReport(text: string, load: ArtilleryLoad, tool_version: string): ReportedLoad {
  const { aggregate, intermediate } = reportFile.parse(JSON.parse(text))
  const { counters } = aggregate
  const plannedMs = load.stages.reduce((sum, { durationMs }) => sum + durationMs, 0)
  const planned = load.stages.reduce((sum, { fromRate, toRate, durationMs }) => sum + ((fromRate + toRate) / 2) * (durationMs / 1000), 0)
  const times = aggregate.summaries['http.response_time']
  const codes = named(counters, 'http.codes.')
  const errors = named(counters, 'errors.')
  const { platform, workers } = load.distributed
  return {
    type: 'reported',
    tool: 'artillery',
    tool_version,
    platform,
    workers,
    elapsed_ms: Math.max(plannedMs, (aggregate.lastMetricAt ?? 0) - (aggregate.firstMetricAt ?? 0)),
    requests: counters['http.requests'] ?? 0,
    answered: counters['http.responses'] ?? 0,
    planned: Math.round(planned),
    dropped: counters['vusers.skipped'] ?? 0,
    wanted_rate: plannedMs > 0 ? (planned / plannedMs) * 1000 : 0,
    failures: failuresOf(codes, errors),
    codes,
    errors,
    ...(times === undefined ? {} : { latency: latencyOf(times) }),
    body_bytes_received: counters['http.downloaded_bytes'] ?? 0,
    windows: intermediate.map((one) => windowOf(one, intermediate[0]?.period ?? 0)).sort((a, b) => a.at_ms - b.at_ms),
  }
}

function named(counters: Counters, prefix: string): Record<string, number> {
  const ours = Object.entries(counters).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(ours.map(([name, count]) => [name.slice(prefix.length), count]))
}

function failuresOf(codes: Counters, errors: Counters): Record<FailureKind, number> {
  const failures = { status: 0, check: 0, timeout: 0, connection: 0, protocol: 0 }
  for (const [code, count] of Object.entries(codes)) if (Number(code) >= 400) failures.status += count
  for (const [name, count] of Object.entries(errors)) failures[kindOf(name)] += count
  return failures
}

/** By Node's names of errors; llhttp's begin with HPE_. */
function kindOf(error: string): FailureKind {
  if (/time(?:d ?)?out/i.test(error)) return 'timeout'
  return /^E[A-Z_]+$|^CERT_|^UND_ERR_SOCKET$|socket/.test(error) ? 'connection' : 'protocol'
}

function latencyOf(times: z.infer<typeof latency>): Record<ReportedTime, number> {
  return {
    min_ms: times.min,
    max_ms: times.max,
    mean_ms: times.mean,
    p50_ms: times.p50,
    p75_ms: times.p75,
    p90_ms: times.p90,
    p95_ms: times.p95,
    p99_ms: times.p99,
    p999_ms: times.p999,
  }
}

function windowOf({ period: at, counters, summaries }: z.infer<typeof period>, first: number): LoadWindow {
  const times = summaries['http.response_time']
  const failures = Object.values(failuresOf(named(counters, 'http.codes.'), named(counters, 'errors.')))
  return {
    at_ms: at - first,
    requests: counters['http.responses'] ?? 0,
    failures: failures.reduce((sum, count) => sum + count, 0),
    bytes: counters['http.downloaded_bytes'] ?? 0,
    ...(times === undefined ? {} : { p50_ms: times.p50, p99_ms: times.p99 }),
  }
}

import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import autocannon from 'autocannon'
import { driveLoad } from '../../src/load/drive.ts'
import { summariseLoad } from '../../src/stats/summarise-load.ts'
import { startServer } from './load-server.ts'
import type { ServerKind } from './load-server.ts'

/** What one generator saw in one round. Latencies in microseconds. */
export interface Round {
  readonly rps: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
}

export interface LoadAgainstOthers {
  readonly server: ServerKind
  /** Requests per second, ours / theirs: median over the rounds. Target against wrk: at least 0.95 on `api`. */
  readonly wrk:
    | { readonly ratio: number; readonly p50: number; readonly p90: number; readonly p99: number }
    | 'not applicable: wrk is not installed'
  readonly autocannon: { readonly ratio: number }
  readonly ours: Round
}

const connections = 10
const seconds = 2
const run = promisify(execFile)

/** Runs the three generators in turns on one server, so that a slow minute hits all of them. */
export async function loadAgainstOthers(kind: ServerKind, rounds = 5): Promise<LoadAgainstOthers> {
  const server = await startServer(kind)
  const hasWrk = spawnSync('wrk', ['-v']).error === undefined
  const seen: Record<'ours' | 'wrk' | 'autocannon', Round[]> = { ours: [], wrk: [], autocannon: [] }
  try {
    await ours(server.origin)
    for (let round = 0; round < rounds; round += 1) {
      seen.ours.push(await ours(server.origin))
      if (hasWrk) seen.wrk.push(await wrk(server.origin))
      seen.autocannon.push(await others(server.origin))
    }
  } finally {
    await server.stop()
  }
  const difference = (figure: keyof Round): number =>
    median(seen.ours.map((round, i) => round[figure] - (seen.wrk[i]?.[figure] ?? Number.NaN)))
  const ratio = (theirs: readonly Round[]): number => median(seen.ours.map((round, i) => round.rps / (theirs[i]?.rps ?? Number.NaN)))
  return {
    server: kind,
    wrk: hasWrk
      ? { ratio: ratio(seen.wrk), p50: difference('p50'), p90: difference('p90'), p99: difference('p99') }
      : 'not applicable: wrk is not installed',
    autocannon: { ratio: ratio(seen.autocannon) },
    ours: {
      rps: median(seen.ours.map((round) => round.rps)),
      p50: median(seen.ours.map((round) => round.p50)),
      p90: median(seen.ours.map((round) => round.p90)),
      p99: median(seen.ours.map((round) => round.p99)),
    },
  }
}

async function ours(origin: string): Promise<Round> {
  const { measurement } = await driveLoad({
    name: 'self',
    origin,
    request: { path: '/' },
    connections,
    durationMs: seconds * 1000,
    warmupMs: 300,
  })
  const { metrics } = summariseLoad(measurement)
  const us = (name: string): number => (metrics[name] ?? Number.NaN) * 1000
  return { rps: metrics['requests_per_second'] ?? 0, p50: us('p50_time_ms'), p90: us('p90_time_ms'), p99: us('p99_time_ms') }
}

async function wrk(origin: string): Promise<Round> {
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', origin])
  const units: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6 }
  const latency = (percent: number): number => {
    const [, value, unit = ''] = new RegExp(`\\s${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(stdout) ?? []
    return Number(value) * (units[unit] ?? Number.NaN)
  }
  return { rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), p50: latency(50), p90: latency(90), p99: latency(99) }
}

/** Only its rate is used: its latencies are whole milliseconds. */
async function others(origin: string): Promise<Round> {
  const result = await autocannon({ url: origin, connections, duration: seconds, workers: 1 })
  return { rps: result.requests.total / result.duration, p50: Number.NaN, p90: Number.NaN, p99: Number.NaN }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

if (process.argv[1] === import.meta.filename) {
  for (const kind of ['api', 'hello'] as const) console.log(await loadAgainstOthers(kind))
}

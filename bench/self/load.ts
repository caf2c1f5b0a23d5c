import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { driveLoad } from '../../src/load/drive.ts'
import { summariseLoad } from '../../src/stats/summarise-load.ts'
import { startServer } from './load-server.ts'
import type { ServerKind } from './load-server.ts'

const transports = ['autocannon', 'direct'] as const
type Transport = (typeof transports)[number]

/** What one generator saw in one round. Latencies in microseconds. */
export interface Round {
  readonly rps: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
}

export type Latencies = Omit<Round, 'rps'>

const generators = [...transports, 'wrk'] as const
export type Generator = (typeof generators)[number]

export interface LoadAgainstWrk {
  readonly server: ServerKind
  /** Requests per second and microseconds, median over the rounds. */
  readonly seen: Readonly<Partial<Record<Generator, Round>>>
  /** Requests per second, ours / wrk's: median over the rounds. Target: at least 0.95 on `api`. */
  readonly ratio: Readonly<Record<Transport, number>> | 'not applicable: wrk is not installed'
  /** Microseconds that our percentiles are above wrk's: median over the rounds. */
  readonly above: Readonly<Record<Transport, Latencies>> | 'not applicable: wrk is not installed'
  /** Microseconds that our percentiles are above wrk's beyond 20 us and 5 % of wrk's, whichever is more; medians over the rounds. Target: 0. */
  readonly beyond: Readonly<Record<Transport, Latencies>> | 'not applicable: wrk is not installed'
}

const connections = 10
const seconds = 2
const toleranceUs = 20
const tolerance = 0.05
const run = promisify(execFile)

/** Runs the generators in turns on one server, each round begun by another one, so that a slow minute hits all of them. */
export async function loadAgainstWrk(kind: ServerKind, rounds = 7): Promise<LoadAgainstWrk> {
  const server = await startServer(kind)
  const hasWrk = spawnSync('wrk', ['-v']).error === undefined
  const rounded: Record<Generator, Round[]> = { autocannon: [], direct: [], wrk: [] }
  try {
    for (const transport of transports) await ours(server.origin, transport)
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < generators.length; turn += 1) {
        const generator = generators[(round + turn) % generators.length] ?? 'direct'
        if (generator !== 'wrk') rounded[generator].push(await ours(server.origin, generator))
        else if (hasWrk) rounded.wrk.push(await wrk(server.origin))
      }
    }
  } finally {
    await server.stop()
  }
  const against = (of: (ours: Round, wrk: Round) => number, transport: Transport): number =>
    median(rounded[transport].flatMap((round, i) => (rounded.wrk[i] ? [of(round, rounded.wrk[i])] : [])))
  const both = <T>(of: (transport: Transport) => T): Record<Transport, T> => ({ autocannon: of('autocannon'), direct: of('direct') })
  const missing = 'not applicable: wrk is not installed'
  return {
    server: kind,
    seen: { ...both((transport) => medians(rounded[transport])), ...(hasWrk ? { wrk: medians(rounded.wrk) } : {}) },
    ratio: hasWrk ? both((transport) => against((ours, wrk) => ours.rps / wrk.rps, transport)) : missing,
    above: hasWrk ? both((transport) => latencies((figure) => against((ours, wrk) => ours[figure] - wrk[figure], transport))) : missing,
    beyond: hasWrk
      ? both((transport) =>
          latencies((figure) =>
            Math.max(
              0,
              against((ours, wrk) => ours[figure] - wrk[figure] - Math.max(toleranceUs, tolerance * wrk[figure]), transport),
            ),
          ),
        )
      : missing,
  }
}

async function ours(origin: string, transport: Transport): Promise<Round> {
  const { measurement } = await driveLoad({
    name: 'self',
    origin,
    request: { path: '/' },
    connections,
    durationMs: seconds * 1000,
    warmupMs: 300,
    transport,
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

function latencies(of: (figure: keyof Latencies) => number): Latencies {
  return { p50: of('p50'), p90: of('p90'), p99: of('p99') }
}

function medians(rounds: readonly Round[]): Round {
  const of = (figure: keyof Round): number => median(rounds.map((round) => round[figure]))
  return { rps: of('rps'), p50: of('p50'), p90: of('p90'), p99: of('p99') }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

if (process.argv[1] === import.meta.filename) {
  for (const kind of ['api', 'hello'] as const) console.dir(await loadAgainstWrk(kind), { depth: 4 })
}

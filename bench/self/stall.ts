// What the load models say of a server that stands still for a second: node bench/self/stall.ts. docs/load.md shows it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { driveLoad } from '../../src/load/drive.ts'
import type { HttpLoadOptions } from '../../src/model/spec.ts'
import { summariseLoad } from '../../src/stats/summarise-load.ts'

const stallMs = 1000
const durationMs = 10_000

/** The `at`-th request begins the stall. */
async function load(name: string, at: number, options: HttpLoadOptions): Promise<Record<string, string | number>> {
  const server = fork(join(import.meta.dirname, '../../test/load/stalling-server.ts'), [String(at), String(stallMs)], { execArgv: [] })
  try {
    const [port] = (await once(server, 'message')) as [number]
    const spec = { name, origin: `http://127.0.0.1:${port}`, request: { path: '/' }, durationMs, warmupMs: 0, ...options }
    const { measurement } = await driveLoad(spec)
    const { metrics } = summariseLoad(measurement)
    const ms = (metric: string): number => Number((metrics[metric] ?? Number.NaN).toPrecision(3))
    const [p50, p95, p99, longest] = ['p50_time_ms', 'p95_time_ms', 'p99_time_ms', 'max_time_ms'].map(ms)
    return { name, requests: measurement.requests, p50: p50 ?? '', p95: p95 ?? '', p99: p99 ?? '', longest: longest ?? '' }
  } finally {
    server.disconnect()
  }
}

console.table([
  await load('closed loop, 1 connection', 20_000, { connections: 1, transport: 'direct' }),
  await load('open loop, 100 requests per second', 500, { rate: 100 }),
])

import { LoadRun } from '../../src/load/load-run.ts'
import { OpenLoop } from '../../src/load/open-loop.ts'
import { ownUsage } from '../../src/load/own-usage.ts'
import { openDirect } from '../../src/load/direct-wire.ts'
import { Pool } from '../../src/load/pool.ts'
import { Redactor } from '../../src/model/redactor.ts'
import { encodeRequest } from '../../src/load/encode-request.ts'
import { FixedSource } from '../../src/load/request-source.ts'
import { readTarget } from '../../src/load/target.ts'
import { startServer } from './load-server.ts'

export interface Pacing {
  readonly wanted_rate: number
  readonly achieved_rate: number
  /** How late requests were sent, in microseconds. Target of the median: 200 */
  readonly median_us: number
  readonly p90_us: number
  readonly p99_us: number
  /** What the generator used of one core, in percent. */
  readonly cpu_percent: number
}

/** Sends `rate` requests per second from this process to a server in another one. */
export async function pacing(rate = 5000, durationMs = 3000): Promise<Pacing> {
  const server = await startServer('hello')
  const target = readTarget(server.origin, undefined)
  const limits = { sockets: 1000, opening: 64, pipelining: 1, keepAlive: true, timeoutMs: 10_000 }
  const run = new LoadRun((sink) => new Pool(target, limits, sink, openDirect), undefined, new Redactor(), durationMs)
  const request = { path: '/' }
  const source = new FixedSource([encodeRequest(request, target, { connection: 'keep-alive', of: 'pacing' })], [request], 1)
  const shape = { model: 'open', stages: [{ fromRate: rate, toRate: rate, durationMs }], arrivals: 'constant', maxInFlight: 1000 } as const
  const loop = new OpenLoop(run, source, shape, 1)
  try {
    await loop.warmUp(500)
    run.start()
    const usage = ownUsage()
    await loop.measure()
    const { cpuPercent } = usage()
    const late = (percent: number): number => loop.sendErrors.getValueAtPercentile(percent)
    const achieved = (run.ledger.requests / loop.elapsedMs()) * 1000
    return { wanted_rate: rate, achieved_rate: achieved, median_us: late(50), p90_us: late(90), p99_us: late(99), cpu_percent: cpuPercent }
  } finally {
    run.pool.close()
    await server.stop()
  }
}

if (process.argv[1] === import.meta.filename) console.log(await pacing())

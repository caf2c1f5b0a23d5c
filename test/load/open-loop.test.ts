import { fork } from 'node:child_process'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect } from 'vitest'
import { codes, load, test } from './servers.ts'

/** When 100 requests come, in milliseconds, if a ramp from 0 to 50/s within 2 s, then 50/s, is sent as said, or as something else. */
const shapes = {
  'the ramp': (k: number) => (k < 50 ? Math.sqrt(k / 50) * 2000 : 2000 + (k - 50) * 20),
  'an even rate': (k: number) => k * 30,
  'the rate of the last stage': (k: number) => k * 20,
  'a ramp downwards': (k: number) => (k < 50 ? 2000 - Math.sqrt((50 - k) / 50) * 2000 : 2000 + (k - 50) * 20),
  'two steps': (k: number) => (k < 50 ? k * 40 : 2000 + (k - 50) * 20),
  'a burst': () => 0,
}

/** The shape that arrivals are nearest to: absolute distances, which a few that a busy machine delayed cannot turn. */
function closest(at: readonly number[], of: Readonly<Record<string, (k: number) => number>>): string | undefined {
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const distance = (shape: (k: number) => number): number => {
    const off = at.map((time, k) => time - shape(k))
    const begin = middle(off)
    return off.reduce((sum, one) => sum + Math.abs(one - begin), 0)
  }
  const distances = Object.entries(of).map(([name, shape]) => ({ name, distance: distance(shape) }))
  return distances.toSorted((a, b) => a.distance - b.distance)[0]?.name
}

describe('an open loop', { concurrent: true }, () => {
  test('sends what was planned at the rate that was wanted, and says that the schedule set it', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end('ok')
    })
    const { measurement, metrics } = await load(origin, { rate: 200, durationMs: 1000, warmupMs: 200 })
    expect(measurement).toMatchObject({ model: 'open', planned: 200, requests: 200, dropped: 0, wanted_rate: 200 })
    expect(measurement.elapsed_ms).toBeGreaterThanOrEqual(1000)
    expect(metrics['requests_per_second']).toBeLessThanOrEqual(200)
  })

  test('ramps through its stages', { retry: 2 }, async ({ onTestFinished }) => {
    const { origin, came, stop } = await stallingServer(0, 0)
    onTestFinished(stop)
    const stages = [
      { rate: 50, duration: '2s' },
      { rate: 50, duration: '1s' },
    ] as const
    const { measurement, phases } = await load(origin, { stages })
    expect(phases.map(({ name }) => name)).toEqual(['warm-up', 'measure', 'stage 1: 0 to 50/s', 'stage 2: 50/s'])
    const [, whole, first, last] = phases
    expect([first!.from_ms, last!.to_ms]).toEqual([whole!.from_ms, whole!.to_ms])
    expect(last!.from_ms).toBe(first!.to_ms)
    // A ramp from 0 to 50/s over 2 s is 50 requests, and 1 s at 50/s are 50 more.
    expect(measurement.planned).toBe(100)
    expect(measurement.wanted_rate).toBeCloseTo(100 / 3, 5)
    expect(closest(await came(), shapes)).toBe('the ramp')
  })

  test('counts what would exceed the requests in flight as dropped, and says so', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      setTimeout(() => response.end(), 400)
    })
    const { measurement, metrics, findings } = await load(origin, { rate: 100, durationMs: 1000, maxInFlight: 10 })
    expect(measurement.planned).toBe(100)
    expect(measurement.dropped).toBeGreaterThan(50)
    expect(measurement.requests + measurement.dropped).toBe(100)
    expect(metrics['dropped_count']).toBe(measurement.dropped)
    expect(codes(findings)).toEqual(expect.arrayContaining(['dropped_requests', 'rate_missed']))
    expect(measurement.ceiling.verdict).not.toBe('schedule')
  })

  // What a busy machine delays by chance is measured again; latencies that count from the wrong moment are wrong each time.
  test(
    'shows stalls of 1 s and of 2 s in full: no coordinated omission',
    { timeout: 90_000, retry: 2 },
    async ({ onTestFinished, skip }) => {
      const rate = 100
      const durationMs = 10_000
      const onStallOf = async (stallMs: number) => {
        const { origin, stop } = await stallingServer(400, stallMs)
        onTestFinished(stop)
        return load(origin, { rate, durationMs, warmupMs: 0 })
      }
      const [still, one, two] = await Promise.all([onStallOf(0), onStallOf(1000), onStallOf(2000)])
      // The same load where nothing stalls shows what this machine adds to every latency while others use it.
      const added = { p50: still.metrics['p50_time_ms']!, p99: still.metrics['p99_time_ms']! }
      skip(added.p99 > 200, `not applicable: this machine holds answers up for ${Math.round(added.p99)} ms`)
      for (const [stallMs, p95, p99, { measurement, metrics }] of [[1000, 500, 900, one] as const, [2000, 1500, 1900, two] as const]) {
        // The truth, from the schedule: what was due within the stall waits for its end, everything else is answered at once.
        const truth = Array.from({ length: (rate * durationMs) / 1000 }, (_, k) => {
          const sinceStall = (k - 399) * (1000 / rate)
          return sinceStall >= 0 && sinceStall < stallMs ? stallMs - sinceStall : 0
        }).sort((a, b) => a - b)
        const quantile = (share: number): number => truth[Math.ceil(truth.length * share) - 1] ?? Number.NaN
        expect([quantile(0.95), quantile(0.99)]).toEqual([p95, p99])
        expect(measurement.requests).toBe(1000)
        expect(metrics['p50_time_ms']! - added.p50).toBeLessThan(20)
        expect(Math.abs(metrics['p95_time_ms']! - p95)).toBeLessThan(60 + added.p99)
        expect(Math.abs(metrics['p99_time_ms']! - p99)).toBeLessThan(60 + added.p99)
        expect(decodeFromCompressedBase64(measurement.histogram).totalCount).toBe(1000)
      }
    },
  )
})

/** A server in a process of its own, where the `at`-th request begins a stall: what comes within it is answered at its end. */
async function stallingServer(at: number, stallMs: number): Promise<{ origin: string; came: () => Promise<number[]>; stop: () => void }> {
  const child = fork(new URL('./stalling-server.ts', import.meta.url), [String(at), String(stallMs)], { execArgv: [] })
  const next = async () => new Promise<unknown>((resolve) => child.once('message', resolve))
  const port = await next()
  const came = async (): Promise<number[]> => {
    const told = next()
    child.send('came')
    return (await told) as number[]
  }
  return { origin: `http://127.0.0.1:${String(port)}`, came, stop: () => void child.kill() }
}

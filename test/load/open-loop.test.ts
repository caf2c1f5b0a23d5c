import { fork } from 'node:child_process'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect } from 'vitest'
import { codes, load, test } from './servers.ts'

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

  test('ramps through its stages', async ({ httpServer }) => {
    const at: number[] = []
    const origin = await httpServer((_request, response) => {
      at.push(performance.now())
      response.end()
    })
    const stages = [
      { rate: 100, duration: '1s' },
      { rate: 100, duration: '0.5s' },
    ] as const
    const { measurement, phases } = await load(origin, { stages })
    expect(phases.map(({ name }) => name)).toEqual(['warm-up', 'measure', 'stage 1: 0 to 100/s', 'stage 2: 100/s'])
    const [, whole, first, last] = phases
    expect([first!.from_ms, last!.to_ms]).toEqual([whole!.from_ms, whole!.to_ms])
    expect(last!.from_ms).toBe(first!.to_ms)
    // A ramp from 0 to 100/s over 1 s is 50 requests, and 0.5 s at 100/s are 50 more.
    expect(measurement.planned).toBe(100)
    expect(measurement.wanted_rate).toBeCloseTo(100 / 1.5, 5)
    const early = at.filter((time) => time - at[0]! < 500).length
    expect(early).toBeLessThan(40)
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

  test.for([
    { stallMs: 1000, p95: 500, p99: 900 },
    { stallMs: 2000, p95: 1500, p99: 1900 },
  ])(
    'shows a stall of $stallMs ms in full: no coordinated omission',
    { timeout: 40_000, concurrent: true },
    async (stall, { onTestFinished }) => {
      const rate = 100
      const durationMs = 10_000
      const { origin, stop } = await stallingServer(400, stall.stallMs)
      onTestFinished(stop)
      const { measurement, metrics } = await load(origin, { rate, durationMs, warmupMs: 0 })
      // The truth, from the schedule: what was due within the stall waits for its end, everything else is answered at once.
      const truth = Array.from({ length: (rate * durationMs) / 1000 }, (_, k) => {
        const sinceStall = (k - 399) * (1000 / rate)
        return sinceStall >= 0 && sinceStall < stall.stallMs ? stall.stallMs - sinceStall : 0
      }).sort((a, b) => a - b)
      const quantile = (share: number): number => truth[Math.ceil(truth.length * share) - 1] ?? Number.NaN
      expect(quantile(0.95)).toBe(stall.p95)
      expect(quantile(0.99)).toBe(stall.p99)
      expect(measurement.requests).toBe(1000)
      expect(metrics['p50_time_ms']).toBeLessThan(20)
      expect(Math.abs(metrics['p95_time_ms']! - quantile(0.95))).toBeLessThan(60)
      expect(Math.abs(metrics['p99_time_ms']! - quantile(0.99))).toBeLessThan(60)
      expect(decodeFromCompressedBase64(measurement.histogram).totalCount).toBe(1000)
    },
  )
})

/** A server in a process of its own, where the `at`-th request begins a stall: what comes within it is answered at its end. */
async function stallingServer(at: number, stallMs: number): Promise<{ origin: string; stop: () => void }> {
  const child = fork(new URL('./stalling-server.ts', import.meta.url), [String(at), String(stallMs)], { execArgv: [] })
  const port = await new Promise<unknown>((resolve) => child.once('message', resolve))
  return { origin: `http://127.0.0.1:${String(port)}`, stop: () => void child.kill() }
}

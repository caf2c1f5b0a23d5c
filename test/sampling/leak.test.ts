import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { agentEnvironment, openAgentChannel } from '../../src/sampling/agent/channel.ts'
import type { RetainedPoint } from '../../src/sampling/leak.ts'
import { judgeLeak, leakSlope, tooShort } from '../../src/sampling/leak.ts'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { node, sourceFlag, until } from './programs.ts'
import { readdirSync } from 'node:fs'

afterAll(endSampling)

const points = (count: number, mb: (index: number) => number, every_ms = 600): RetainedPoint[] =>
  Array.from({ length: count }, (_, index) => ({ at_ms: index * every_ms, mb: mb(index) }))

describe('the slope of the retained heap', () => {
  test('is the growth a minute, with its interval', () => {
    // 1 MB every 600 ms.
    const slope = leakSlope(points(20, (index) => 50 + index))!
    expect(slope.point).toBeCloseTo(100)
    expect(slope).toMatchObject({ confidence: 0.95 })
    expect(slope.low).toBeLessThanOrEqual(slope.point)
    expect(slope.high).toBeGreaterThanOrEqual(slope.point)
  })

  test('is not moved by one wild point', () => {
    expect(leakSlope(points(20, (index) => (index === 10 ? 500 : 50 + index)))!.point).toBeCloseTo(100, 0)
  })

  test('needs 8 points over 5 seconds', () => {
    expect(leakSlope(points(7, (index) => index, 1000))).toBeUndefined()
    expect(leakSlope(points(20, (index) => index, 100))).toBeUndefined()
    expect(tooShort(points(7, (index) => index, 1000))).toBe('7 points over 6.0 s: a slope needs 8 points over 5 s')
    expect(leakSlope(points(10, (index) => index, 550))).toBeDefined()
  })

  test('is a leak only where it is above what a steady heap does', () => {
    const leak = (list: readonly RetainedPoint[]) => judgeLeak(list, leakSlope(list)!)
    expect(leak(points(20, (index) => 50 + index))).toMatchObject({ code: 'leak', facts: { points: 20 } })
    // A little growth, as caches and compiled code make it.
    expect(leak(points(20, (index) => 50 + index * 0.02))).toBeUndefined()
    expect(leak(points(20, (index) => 50 + (index % 2)))).toBeUndefined()
    expect(leak(points(20, (index) => 50 - index))).toBeUndefined()
    // Up at first and flat then: the peak is far above the start, and it is no leak.
    expect(leak(points(20, (index) => Math.min(50 + index * 10, 70)))).toBeUndefined()
  })

  test.each([
    ['by two thirds of the shortest window', 10, (t: number) => Math.min(t / 0.67, 1)],
    ['by four fifths of a long one', 60, (t: number) => Math.min(t / 0.8, 1)],
    ['more and more slowly', 20, (t: number) => 1 - Math.exp(-3 * t)],
  ])('is no leak of a cache that fills %s', (_when, count, filled) => {
    const list = points(count, (index) => 60 + 6 * filled(index / (count - 1)))
    const slope = leakSlope(list)!
    expect(slope.low).toBeGreaterThan(0)
    expect(judgeLeak(list, slope)).toBeUndefined()
  })

  test('is found in the shortest window, although the points are noisy', () => {
    const random = seededRandom(1)
    const found = Array.from({ length: 200 }, () => {
      const list = points(10, (index) => 60 + (8 * index) / 9 + random() - 0.5)
      return judgeLeak(list, leakSlope(list)!)
    })
    expect(found.filter((one) => one !== undefined).length).toBeGreaterThan(180)
  })
})

test('a server that leaks is told from one that only makes garbage', async () => {
  const channel = await openAgentChannel()
  onTestFinished(() => channel.close())
  const program = (keep: string): string => `
    const kept = []
    setInterval(() => {
      const rows = Array.from({ length: 3000 }, (_, index) => ({ index, text: 'row ' + index }))
      ${keep}
    }, 20)
    process.send('ready')
  `
  const leaking = node(program('kept.push(rows)'), agentEnvironment(channel, sourceFlag))
  const steady = node(program('kept[0] = rows'), agentEnvironment(channel, sourceFlag))
  await until(() => readdirSync(channel.address).length === 2)
  const sampling = await startSampling({
    subjects: [leaking, steady].map(({ pid }) => ({ subject: 'server' as const, pid })),
    interval_ms: 100,
    agents: channel,
    retained_heap: true,
  })
  await setTimeout(500)
  sampling.phase('measure')
  await setTimeout(6000)
  const { resources, findings } = await sampling.stop()
  const [leak, none] = resources
  expect(leak!.metrics['leak_mb_per_minute']).toBeGreaterThan(60)
  expect(leak!.estimates!['leak_mb_per_minute']!.low).toBeGreaterThan(0)
  expect(leak!.metrics['retained_heap_mb']).toBeGreaterThan(none!.metrics['retained_heap_mb']!)
  expect(none!.estimates!['leak_mb_per_minute']!.low).toBeLessThan(20)
  expect(findings.filter(({ code }) => code === 'leak')).toHaveLength(1)
  // Collections that the sampling forced are not the server's.
  expect(none!.metrics['gc_count']).toBeGreaterThan(0)
})

test('collections that were forced are not counted', async () => {
  const channel = await openAgentChannel()
  onTestFinished(() => channel.close())
  const idle = node(`setInterval(() => {}, 1000); process.send('ready')`, agentEnvironment(channel, sourceFlag))
  await until(() => readdirSync(channel.address).length === 1)
  const sampling = await startSampling({
    subjects: [{ subject: 'server', pid: idle.pid }],
    interval_ms: 50,
    agents: channel,
    retained_heap: true,
  })
  sampling.phase('measure')
  await setTimeout(1600)
  const { resources } = await sampling.stop()
  expect(resources[0]!.series.find(({ metric }) => metric === 'retained_heap_mb')!.values.length).toBeGreaterThanOrEqual(2)
  expect(resources[0]!.metrics['gc_count']).toBeLessThanOrEqual(1)
  expect(resources[0]!.unavailable['leak']).toContain('a slope needs')
})

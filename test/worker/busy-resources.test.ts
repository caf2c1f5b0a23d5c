import { availableParallelism, totalmem } from 'node:os'
import { expect, test } from 'vitest'
import type { Resources, Subject } from '../../src/model/resources.ts'
import { bottleneck } from '../../src/stats/bottleneck.ts'
import { busyResources } from '../../src/worker/busy-resources.ts'

const cores = availableParallelism()
const used = (subject: Subject, metrics: Readonly<Record<string, number>>): Resources => ({
  subject,
  pid: 1,
  processes: 1,
  samples: 10,
  interval_ms: 100,
  metrics,
  series: [],
  unavailable: {},
  own_cpu_percent: 0,
})

test('each resource has the share that was used of it', () => {
  const halfOfMemory = totalmem() / 1024 ** 2 / 2
  const resources = [
    used('server', { cpu_percent: 25 * cores, event_loop_utilization: 0.6, memory_mb: halfOfMemory }),
    used('generator', { cpu_percent: 25 * cores }),
  ]
  expect(busyResources(resources, { generator: { cpu_percent: 25 * cores, event_loop_utilization: 0.3 } })).toEqual({
    "the server's event loop": 0.6,
    "the load generator's event loop": 0.3,
    [`all ${cores} cores`]: 0.5,
    memory: expect.closeTo(0.5, 5),
  })
})

test('what was not sampled is left out', () => {
  expect(busyResources([], { generator: { cpu_percent: 0, event_loop_utilization: 0.2 } })).toEqual({
    "the load generator's event loop": 0.2,
  })
})

test('a generator that is full is the bottleneck, and not the machine or the server', () => {
  const resources = [used('server', { cpu_percent: 40, event_loop_utilization: 0.4 }), used('generator', { cpu_percent: 100 })]
  const busy = busyResources(resources, { generator: { cpu_percent: 100, event_loop_utilization: 0.97 } })
  const facts = { resource: "the load generator's event loop", users: 50, full: true }
  expect(bottleneck([{ n: 50, busy }])).toMatchObject({ code: 'bottleneck', facts })
})

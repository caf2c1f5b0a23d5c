import { describe, expect, test } from 'vitest'
import { hopeless } from '../../src/load/unmeetable.ts'
import { ceiling } from '../../src/load/ceiling.ts'
import { randomStream } from '../../src/load/random.ts'
import { Recovery } from '../../src/load/recovery.ts'
import { Redactor } from '../../src/model/redactor.ts'

const calm = { cpuPercent: 20, utilization: 0.2 }
const facts = {
  model: 'open',
  usage: calm,
  wantedRate: 100,
  achievedRate: 100,
  planned: 1000,
  dropped: 0,
  late: 0,
  starved: 0,
  thinkShare: 0,
} as const

describe('the ceiling', () => {
  test.each([
    ['the schedule, where the rate was held', facts, 'schedule'],
    ['the server, where it answered less than was asked for', { ...facts, achievedRate: 80 }, 'server'],
    ['the server, where requests were dropped', { ...facts, dropped: 5 }, 'server'],
    ['the generator, where its event loop was full', { ...facts, usage: { cpuPercent: 99, utilization: 0.97 } }, 'generator'],
    ['the generator, where many requests were sent late', { ...facts, late: 200 }, 'generator'],
    ['the generator, where the request function was too slow', { ...facts, starved: 0.5 }, 'generator'],
    ['the server, for a closed loop that waits', { ...facts, model: 'closed', wantedRate: undefined }, 'server'],
    [
      'the generator, for a closed loop without idle time',
      { ...facts, model: 'closed', usage: { cpuPercent: 99, utilization: 1 } },
      'generator',
    ],
    ['the schedule, for users who mostly think', { ...facts, model: 'users', thinkShare: 0.8 }, 'schedule'],
  ] as const)('is %s', (_name, given, verdict) => {
    expect(ceiling(given).verdict).toBe(verdict)
  })
})

test('a load is hopeless only where chance cannot explain its failures', () => {
  expect(hopeless(10, 10, 1)).toBeUndefined()
  expect(hopeless(20, 20, 1)).toContain('20 of 20 requests failed')
  expect(hopeless(12, 100, 10)).toBeUndefined()
  expect(hopeless(30, 100, 10)).toContain('at most 10 %')
  // 300 loads at the allowed rate, looked at a hundred times each.
  const random = randomStream(1, 0)
  let stopped = 0
  for (let run = 0; run < 300; run += 1) {
    let failed = 0
    for (let n = 1; n <= 2000; n += 1) {
      if (random() < 0.1) failed += 1
      if (n % 20 === 0 && hopeless(failed, n, 10)) {
        stopped += 1
        break
      }
    }
  }
  expect(stopped / 300).toBeLessThan(0.05)
})

test('recovery runs from the last failure to the first tenth of a second at the earlier rate', () => {
  const recovery = new Recovery()
  for (let at = 0; at < 1000; at += 10) recovery.good(at)
  for (let at = 1000; at < 1500; at += 50) recovery.failed(at)
  for (let at = 1500; at < 2000; at += 50) recovery.good(at)
  for (let at = 2000; at < 3000; at += 10) recovery.good(at)
  expect(recovery.time()).toBe(2000 - 1450)
  expect(new Recovery().time()).toBeUndefined()
})

test('credentials are taken out wherever a text repeats them', () => {
  const redactor = new Redactor()
  redactor.learn({ Authorization: 'Bearer token-1234', 'X-Upstream': 'Basic dXNlcg', Accept: 'text/html' })
  expect(redactor.redact('dXNlcg')).toBe('[redacted]')
  expect(redactor.redact('got token-1234 from http://me:pw@host/x?u=1 as text/html')).toBe(
    'got [redacted] from http://[redacted]@host/x?u=1 as text/html',
  )
  expect(redactor.redact('set-cookie: sid=1; Path=/\nnext')).toBe('set-cookie: [redacted]\nnext')
  expect(redactor.redact('{"x-api-key":"k1"}')).toBe('{"x-api-key":"[redacted]"}')
})

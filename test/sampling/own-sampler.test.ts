import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { folder, node } from './programs.ts'

afterAll(endSampling)

const api = JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/sampling/define-sampler.ts')).href)
const metric = (aggregate: string): string => `{ unit: 'count', better: 'lower', meaning: 'Jobs.', aggregate: '${aggregate}' }`

/** A module of a user's project, and sampling with it. */
async function sampled(text: string, interval_ms = 20) {
  const path = join(await folder({ 'own.mjs': `import { defineSampler } from ${api}\n${text}` }), 'own.mjs')
  const sampling = await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms, samplers: [path] })
  sampling.phase('measure')
  await setTimeout(300)
  const { resources, findings } = await sampling.stop()
  const refused = findings.filter(({ code }) => code === 'sampling_unavailable')
  return { ...resources[0]!, refused }
}

describe("a user's own sampler", () => {
  test('gives metrics with their unit, direction and meaning, and a curve', async () => {
    const { metrics, own_metrics, series, refused } = await sampled(`
      let done = 0
      export default defineSampler({
        name: 'jobs',
        metrics: { jobs_done: ${metric('total')}, jobs_waiting: ${metric('peak')}, jobs_mean: ${metric('mean')}, jobs_last: ${metric('last')} },
        read: ({ pid, processes }) => ({ jobs_done: 100 + ++done, jobs_waiting: processes[0].pid === pid ? 7 : 0, jobs_mean: 3, jobs_last: 5 }),
      })
    `)
    expect(refused).toEqual([])
    expect(metrics).toMatchObject({ jobs_waiting: 7, jobs_mean: 3, jobs_last: 5 })
    expect(metrics['jobs_done']).toBeGreaterThan(2)
    expect(metrics['jobs_done']).toBeLessThan(40)
    expect(own_metrics!['jobs_done']).toEqual({ unit: 'count', better: 'lower', meaning: 'Jobs.' })
    expect(series.find(({ metric }) => metric === 'jobs_done')!.values.length).toBeGreaterThan(2)
  })

  test('may keep something open for each process tree, and may take its time', async () => {
    const { metrics } = await sampled(`
      import { setTimeout } from 'node:timers/promises'
      export const opened = defineSampler({
        name: 'opened',
        metrics: { readings: ${metric('last')} },
        open({ subject }) {
          let readings = 0
          return { async read() { await setTimeout(1); return { readings: subject === 'worker' ? ++readings : -1 } } }
        },
      })
    `)
    expect(metrics['readings']).toBeGreaterThan(1)
  })

  test('that throws is unavailable with its reason, and the others go on', async () => {
    const { metrics, unavailable } = await sampled(`
      export const bad = defineSampler({ name: 'bad', metrics: { worse: ${metric('last')} }, read() { throw new Error('the queue is closed') } })
      export const late = defineSampler({ name: 'late', metrics: { later: ${metric('last')} }, read: () => Promise.reject(new Error('no answer')) })
      export const never = defineSampler({ name: 'never', metrics: { nothing: ${metric('last')} }, open() { throw new Error('cannot open') } })
      export const elsewhere = defineSampler({ name: 'elsewhere', metrics: { other: ${metric('last')} }, unsupported: () => 'not here', read: () => ({ other: 1 }) })
    `)
    expect(unavailable).toMatchObject({ bad: 'the queue is closed', late: 'no answer', never: 'cannot open', elsewhere: 'not here' })
    expect(metrics['memory_mb']).toBeGreaterThan(10)
  })

  test('that answers never, or with what is no number, holds nothing up', async () => {
    const { metrics, unavailable } = await sampled(`
      export const silent = defineSampler({ name: 'silent', metrics: { silence: ${metric('last')} }, read: () => new Promise(() => {}) })
      export const text = defineSampler({ name: 'text', metrics: { words: ${metric('last')} }, read: () => ({ words: 'many', unknown: 1 }) })
    `)
    expect(unavailable).toMatchObject({ silent: 'no reading within 1000 ms', text: 'there was no reading in time' })
    expect(metrics).not.toHaveProperty('unknown')
    expect(metrics['memory_mb']).toBeGreaterThan(10)
  })

  test('that is slow moves no other metric out of the measured phase', async () => {
    const slow = `
      import { setTimeout } from 'node:timers/promises'
      export default defineSampler({
        name: 'slow',
        metrics: { slowly: ${metric('total')} },
        async read() { await setTimeout(900); return { slowly: 1 } },
      })
    `
    const path = join(await folder({ 'own.mjs': `import { defineSampler } from ${api}\n${slow}` }), 'own.mjs')
    const { pid } = node('for (;;);')
    const sampling = await startSampling({
      subjects: [
        { subject: 'worker', pid: process.pid },
        { subject: 'server', pid },
      ],
      interval_ms: 20,
      samplers: [path],
    })
    await setTimeout(1000)
    sampling.phase('measure')
    await setTimeout(500)
    sampling.phase('done')
    await setTimeout(1500)
    const { resources, findings, phases } = await sampling.stop()
    const [own, program] = resources
    const { metrics, unavailable } = own!
    const measured = phases.find(({ name }) => name === 'measure')!
    // The time that CPU figures are about: a share and what it is a share of.
    const stretch = (program!.metrics['cpu_time_ms']! / program!.metrics['cpu_percent']!) * 100
    expect(Math.abs(stretch - (measured.to_ms - measured.from_ms))).toBeLessThan(300)
    // Its own readings are of later than the phase, so they are no figure.
    expect(metrics).not.toHaveProperty('slowly')
    const reason = 'a reading took longer than the measured phase'
    expect(unavailable['slow']).toBe(reason)
    expect(findings).toContainEqual({ code: 'sampling_unavailable', facts: { what: 'sampler slow', reason } })
  })

  test.each([
    ['fails from the middle on', '++calls > 4', 'the queue is closed'],
    ['hangs from the middle on', '++calls > 4 && new Promise(() => {})', 'no reading within 1000 ms'],
  ])('that %s gives no figure of a part as if it were of the whole', async (_what, condition, reason) => {
    const fails =
      reason === 'the queue is closed'
        ? `if (${condition}) throw new Error('the queue is closed')`
        : `const never = ${condition}; if (never) return never`
    const { metrics, unavailable, refused, series } = await sampled(`
      let calls = 0
      export default defineSampler({ name: 'queue', metrics: { jobs_done: ${metric('total')} }, read() { ${fails}; return { jobs_done: calls } } })
    `)
    expect(metrics).not.toHaveProperty('jobs_done')
    expect(unavailable['queue']).toBe(reason)
    expect(refused).toEqual([{ code: 'sampling_unavailable', facts: { what: 'sampler queue', reason } }])
    expect(series.map((one) => one.metric)).toContain('jobs_done')
    expect(metrics['memory_mb']).toBeGreaterThan(10)
  })

  test('that misses readings in between says how many', async () => {
    const { metrics, refused } = await sampled(`
      let calls = 0
      export default defineSampler({
        name: 'queue',
        metrics: { waiting: ${metric('peak')} },
        read() { calls++; if (calls === 4 || calls === 5) throw new Error('busy'); return { waiting: calls } },
      })
    `)
    expect(metrics['waiting']).toBeGreaterThan(5)
    expect(refused).toEqual([{ code: 'sampling_unavailable', facts: { what: '2 readings of sampler queue', reason: 'busy' } }])
  })

  test('may look at some subjects only', async () => {
    const { metrics } = await sampled(`
      export default defineSampler({ name: 'servers', metrics: { served: ${metric('last')} }, subjects: ['server'], read: () => ({ served: 1 }) })
    `)
    expect(metrics).not.toHaveProperty('served')
  })

  test.each([
    [
      'clashes with the catalogue',
      `export default defineSampler({ name: 'mine', metrics: { cpu_percent: ${metric('last')} }, read: () => ({}) })`,
      'metric catalogue',
    ],
    ['has no fit name', `export default defineSampler({ name: 'a b', metrics: { x: ${metric('last')} }, read: () => ({}) })`, 'is no name'],
    ['does not export one', 'export const nothing = 1', 'exports nothing'],
    ['does not load', 'throw new Error("broken module")', 'broken module'],
  ])('whose module %s is a finding', async (_what, text, reason) => {
    const { refused, metrics } = await sampled(text)
    expect(refused).toEqual([
      { code: 'sampling_unavailable', facts: { what: expect.any(String), reason: expect.stringContaining(reason) } },
    ])
    expect(metrics['memory_mb']).toBeGreaterThan(10)
  })

  test('whose module is missing is a finding', async () => {
    const sampling = await startSampling({ subjects: [], interval_ms: 50, samplers: [join(import.meta.dirname, 'no-such-module.mjs')] })
    expect((await sampling.stop()).findings).toContainEqual({
      code: 'sampling_unavailable',
      facts: { what: expect.stringContaining('no-such-module.mjs'), reason: expect.stringContaining('Cannot find') },
    })
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { guest, type Guest } from './guest.ts'

const bench = `
import { bench } from 'vitest-perf'
bench('sum', { time: '50ms' }, () => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })
`
let project: Guest
afterEach(() => project.remove())

describe('a config that cannot be used stops the run with place and remedy, and no stack trace', () => {
  it.each([
    ['empty', '', /benchmark-config\.json:1:1/],
    ['not JSON', '{ gates: [] }', /benchmark-config\.json:1:3/],
    ['followed by stray text', '{ "gates": [] }\nstray', /benchmark-config\.json:2:1/],
    ['of the wrong types', '{ "gates": 3 }', /gates/],
    [
      'with an unknown operator',
      '{ "gates": [{ "name": "a", "metric": "a.avg_time_ms", "operator": "Below", "threshold": 1, "severity": "Blocking" }] }',
      /gates\[0\]\.operator[\s\S]*LessThan/,
    ],
    ['a megabyte of garbage', '\u0000\u0007%$'.repeat(250_000), /benchmark-config\.json:1:1/],
  ])(
    'when it is %s',
    async (_, text, message) => {
      project = await guest({ 'a.bench.ts': bench, 'benchmark-config.json': text })
      const run = await project.vitest(['bench', '--run'])
      expect(run.code).toBe(1)
      expect(run.output).toMatch(message)
      expect(run.output).not.toMatch(/^\s+at .*parse-config/m)
      expect(run.output.length).toBeLessThan(5_000)
    },
    60_000,
  )
})

describe('a baseline that cannot be used is named and not believed', () => {
  it.each([
    ['truncated', '{ "schema": "vitest-perf-bas'],
    ['of another schema', '{ "schema": "somebody-else/9", "cases": {} }'],
    ['with numbers that are none', '{ "schema": "vitest-perf/1", "results": { "sum": { "metrics": { "p50_time_ms": NaN } } } }'],
  ])(
    'when it is %s',
    async (_, text) => {
      project = await guest({ 'a.bench.ts': bench, 'benchmark-results/baseline.json': text })
      const run = await project.vitest(['bench', '--run'])
      const results = await project.results()
      expect(results.results.sum.state).toBe('measured')
      expect(results.results.sum.comparison?.verdict ?? 'new').not.toBe('unchanged')
      expect(JSON.stringify(results)).toContain('baseline_unusable')
      expect(run.output).toMatch(/baseline/i)
      expect(await project.read('benchmark-results/baseline.json')).toBe(text)
    },
    60_000,
  )
})

describe('ids', () => {
  it('that clash fail the later case and name both places', async () => {
    project = await guest({ 'a.bench.ts': bench, 'b.bench.ts': bench })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(1)
    expect(run.output).toMatch(/CASE_ID_CLASH/)
    expect(run.output).toMatch(/a\.bench\.ts:3[\s\S]*b\.bench\.ts:3/)
  }, 60_000)
})

describe('a case that misbehaves fails alone', () => {
  it('with a clear message each, while the others keep their numbers', async () => {
    project = await guest({
      'a.bench.ts': `
import { bench } from 'vitest-perf'
bench('fine before', { time: '50ms' }, () => [1, 2, 3].map((n) => n + 1))
bench('never resolves', { time: '50ms', timeout: '1s' }, () => new Promise(() => {}))
let calls = 0
bench('throws late', { time: '200ms' }, () => { if (++calls === 5000) throw new Error('call five thousand') })
bench.track('tracks for ever', () => new Promise(() => {}), { timeout: '1s' })
bench.observe('watched before', { duration: '200ms', during: () => 1 })
bench('redefines the clock', { time: '50ms' }, () => { performance.now = () => 0; return [1].length })
bench.observe('watched after', { duration: '200ms', during: () => 1 })
bench('huge', { iterations: 2, time: '50ms' }, () => 'x'.repeat(10_000_000))
bench('out of range', { time: -5 }, () => 1)
bench.compare('lonely', { one: () => 1 })
bench('leaks handles', { time: '50ms' }, () => { setInterval(() => {}, 1000); return 1 })
bench('exits', { time: '50ms' }, () => process.exit(3))
bench('fine after', { time: '50ms' }, () => [1, 2, 3].map((n) => n + 1))
`,
    })
    const run = await project.vitest(['bench', '--run'])
    const { results } = await project.results()
    expect(run.code).toBe(1)
    expect(Object.fromEntries(Object.entries<{ state: string }>(results).map(([id, { state }]) => [id, state]))).toEqual({
      fine_before: 'measured',
      never_resolves: 'failed',
      throws_late: 'failed',
      tracks_for_ever: 'failed',
      watched_before: 'measured',
      redefines_the_clock: 'measured',
      watched_after: 'measured',
      huge: 'measured',
      out_of_range: 'failed',
      lonely: 'failed',
      leaks_handles: 'measured',
      exits: 'failed',
      fine_after: 'measured',
    })
    for (const id of ['never_resolves', 'tracks_for_ever']) {
      expect(results[id].errors).toMatchObject([{ code: 'CASE_TIMEOUT' }])
      expect(results[id].errors[0].message).toMatch(/did not come back within 1000 ms[\s\S]*a\.bench\.ts:\d+/)
    }
    expect(JSON.stringify(results.throws_late.errors)).toMatch(/CASE_THREW[\s\S]*call five thousand/)
    expect(JSON.stringify(results.out_of_range.errors)).toMatch(/OPTION_INVALID[\s\S]*time/)
    expect(JSON.stringify(results.lonely.errors)).toMatch(/lonely[\s\S]*two/)
    expect(JSON.stringify(results.exits.errors)).toMatch(/process\.exit/)
    expect(results.redefines_the_clock.duration_ms).toBeGreaterThan(50)
    expect(results.watched_after.duration_ms).toBeGreaterThan(200)
  }, 60_000)

  it('when it blocks its process for ever: the process is ended, and what was measured before stays', async () => {
    project = await guest({
      'a.bench.ts': `
import { bench } from 'vitest-perf'
bench('before', { time: '50ms' }, () => [1, 2, 3].map((n) => n + 1))
bench('blocks', { time: '50ms', timeout: '1s' }, () => { for (;;); })
bench('behind it', { time: '50ms' }, () => [1, 2, 3].map((n) => n + 1))
`,
      'b.bench.ts': `
import { bench } from 'vitest-perf'
bench('elsewhere', { time: '50ms' }, () => [1, 2, 3].map((n) => n + 1))
`,
    })
    const run = await project.vitest(['bench', '--run'])
    const { results, verdict } = await project.results()
    expect(run.code).toBe(1)
    expect(results.before.state).toBe('measured')
    expect(results.elsewhere.state).toBe('measured')
    expect(results.blocks).toMatchObject({ state: 'failed', errors: [{ code: 'CASE_TIMEOUT' }] })
    expect(results.blocks.errors[0].message).toMatch(/did not come back within 1000 ms[\s\S]*a\.bench\.ts:4/)
    expect(results.behind_it.state).toBe('failed')
    expect(verdict.exit_reason).toBe('failed_case')
  }, 60_000)
})

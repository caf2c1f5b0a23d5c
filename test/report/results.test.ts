import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { finding } from '../../src/model/finding.ts'
import { PerfError } from '../../src/model/error.ts'
import { parseResults } from '../../src/report/parse-results.ts'
import type { ResultsJson } from '../../src/report/results.ts'
import { resultsOf } from '../../src/report/results.ts'
import { resultsSchema } from '../../src/report/schema.ts'
import { resultsText } from '../../src/report/results-text.ts'
import { identity, measuredFunction, runOf } from './run-builder.ts'
import { emptyRun, failingRun, groupedRun, interruptedRun, passingRun } from './runs.ts'

const runs = { passingRun, failingRun, emptyRun, interruptedRun, groupedRun }
type Plain<T> = T extends number ? number : T extends object ? { -readonly [K in keyof T]-?: Plain<T[K]> } : T
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
// The compiler's part: the schema has every field of the type, the optional ones that no run below happens to have included.
const schemaIsWhole: Same<Plain<z.output<typeof resultsSchema>>, Plain<ResultsJson>> = true
const errorOf = (text: string): PerfError => {
  try {
    parseResults(text, 'results.json')
  } catch (error) {
    return error as PerfError
  }
  throw new Error('it was read')
}

describe('benchmark_results.json', () => {
  test('keeps the whole run: what is read back is what was written', () => {
    expect(schemaIsWhole).toBe(true)
    for (const run of Object.values(runs)) {
      const { cases, ...rest } = parseResults(resultsText(resultsOf(run)), 'results.json').run
      const byId = run.cases.toSorted((a, b) => (a.identity.id < b.identity.id ? -1 : 1))
      expect(cases).toEqual(byId)
      expect({ ...rest, cases: byId }).toEqual({ ...run, cases: byId })
    }
  })

  test('is valid against the published JSON Schema', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/vitest-perf-1.schema.json'), 'utf8'))
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    for (const run of Object.values(runs)) {
      validate(JSON.parse(resultsText(resultsOf(run))))
      expect(validate.errors).toBeNull()
    }
    expect(validate({ schema: 'vitest-perf/2' })).toBe(false)
  })

  test('has the keys of a case that tools look for', () => {
    const { search_api } = resultsOf(failingRun).results
    expect(search_api).toMatchObject({
      operation: 'search_api',
      suite: 'server API',
      file: 'bench/server-api.bench.ts',
      line: 12,
      kind: 'http',
      state: 'measured',
      metrics: { avg_time_ms: 1.2 },
      intervals: { avg_time_ms: [1.164, 1.236] },
      samples: { type: 'load', requests: 16668 },
      histogram: expect.stringMatching(/^HIST/),
      resources: { server: { pid: 4242 }, generator: { pid: 4243 } },
      errors: [],
      comparison: { verdict: 'inconclusive', effect_percent: 6.9, interval_percent: [-2.2, 15.5] },
    })
  })

  test('has no place for numbers in a case that failed', () => {
    const { fuzzy_search } = resultsOf(failingRun).results
    expect(Object.keys(fuzzy_search ?? {}).sort()).toEqual(
      ['errors', 'file', 'findings', 'kind', 'line', 'name', 'operation', 'project', 'state', 'suite'].sort(),
    )
  })

  test('orders cases by id, whatever the order of the run was', () => {
    const reversed = { ...failingRun, cases: failingRun.cases.toReversed() }
    expect(resultsText(resultsOf(reversed))).toBe(resultsText(resultsOf(failingRun)))
  })

  test('leaves out what is no number, instead of writing null for it', () => {
    const odd = measuredFunction('odd', 1, { metrics: { avg_time_ms: 1, p99_time_ms: Number.NaN, value: Number.POSITIVE_INFINITY } })
    const text = resultsText(resultsOf(runOf({ cases: [odd] })))
    expect(parseResults(text, 'f').run.cases[0]).toMatchObject({ metrics: { avg_time_ms: 1 } })
    expect(text).not.toContain('null,\n "p99')
  })

  test('keeps a second process tree of the same kind', () => {
    const [one] = passingRun.cases
    if (one?.state !== 'measured') throw new Error('not measured')
    const [server] = one.resources
    if (!server) throw new Error('no server')
    const cluster = runOf({ cases: [{ ...one, resources: [server, { ...server, pid: 4300 }] }] })
    expect(parseResults(resultsText(resultsOf(cluster)), 'f').run).toEqual(cluster)
  })

  test('does not pass on the password of an upload address', () => {
    const reporting = { ...failingRun.config.reporting, upload_url: 'https://me:secret@example.org/in?token=abc' }
    const text = resultsText(resultsOf({ ...failingRun, config: { ...failingRun.config, reporting } }))
    expect(text).toContain('"upload_url": "https://example.org/in"')
    expect(text).not.toMatch(/secret|abc/)
  })

  test('writes invisible characters as escapes, and means the same', () => {
    const name = 'a\u202eb\u2066\u009b31m\u2028\ufeff\u0007'
    const run = runOf({ cases: [measuredFunction('odd', 1, { identity: identity('odd', { name }) })] })
    const text = resultsText(resultsOf(run))
    expect(text).toContain(String.raw`a\u202eb\u2066\u009b31m\u2028\ufeff\u0007`)
    expect(parseResults(text, 'f').run.cases[0]?.identity.name).toBe(name)
  })

  test('keeps a text that looks like a list of numbers as it is', () => {
    const run = runOf({ cases: [measuredFunction('odd', 1, { identity: identity('odd', { name: '[\n 1,\n 2 ]  [ 1, 2 ]' }) })] })
    expect(parseResults(resultsText(resultsOf(run)), 'f').run.cases[0]?.identity.name).toBe('[\n 1,\n 2 ]  [ 1, 2 ]')
  })
})

describe('a stored run that cannot be used', () => {
  const good = resultsText(resultsOf(passingRun))
  const changed = (change: (json: Record<string, unknown>) => void): string => {
    const json = JSON.parse(good)
    change(json)
    return JSON.stringify(json)
  }

  test.each([
    ['is truncated', good.slice(0, 500), /is not JSON/],
    ['is empty', '', /is not JSON/],
    ['is something else', '[]', /is not a benchmark_results\.json: the whole/],
    ['is of another schema', changed((json) => (json['schema'] = 'vitest-perf/9')), /schema: /],
    ['lacks a part', changed((json) => delete json['verdict']), /verdict: /],
    ['has null for a number', changed((json) => (json['duration_ms'] = null)), /duration_ms: /],
    ['has the key __proto__', good.replace('"results": {', '"results": {"__proto__": {},'), /__proto__/],
  ])('%s', (_, text, message) => {
    const error = errorOf(text)
    expect(error).toBeInstanceOf(PerfError)
    expect(error.code).toBe('RESULTS_UNREADABLE')
    expect(error.message).toMatch(message)
    expect(error.message).toContain('results.json')
  })

  test('a finding whose facts are missing is not believed', () => {
    const text = changed((json) => (json['findings'] = [{ code: 'too_few_runs', facts: { runs: 2 } }]))
    expect(errorOf(text).message).toMatch(/findings\.0\.facts\.visible_percent/)
    const whole = changed((json) => (json['findings'] = [finding('too_few_runs', { runs: 2, visible_percent: 20 })]))
    expect(parseResults(whole, 'f').run.findings).toHaveLength(1)
  })
})

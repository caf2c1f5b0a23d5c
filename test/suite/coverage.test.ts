import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSqlite } from '../fixtures/has-sqlite.ts'
import { further, operations } from './keys.ts'
import { runSuite, type SuiteRun } from './run-suite.ts'

const docs = await readFile(join(import.meta.dirname, '../../docs/suite.md'), 'utf8')
const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')

// The reference server stores its documents in it.
describe.skipIf(!hasSqlite)('the release-validation suite in a quick run', () => {
  let suite: SuiteRun
  beforeAll(async () => {
    suite = await runSuite([])
  }, 600_000)
  afterAll(() => suite?.[Symbol.asyncDispose]())

  it('fails no case', () => {
    const failed = Object.entries<{ state: string; errors?: { message: string }[] }>(suite.results.results)
      .filter(([, { state }]) => state === 'failed')
      .map(([id, { errors }]) => `${id}: ${errors?.[0]?.message.slice(0, 300)}`)
    expect(failed).toEqual([])
  })

  it.each([...operations, ...further])('measures %s', (key) => {
    expect(suite.results.results[key]).toMatchObject({ state: 'measured' })
    expect(Object.keys(suite.results.results[key].metrics).length).toBeGreaterThan(0)
  })

  it('says of a million documents what to set', () => {
    expect(suite.results.results.data_scale_1000000).toMatchObject({
      state: 'not_applicable',
      reason: expect.stringContaining('VITEST_PERF_FULL'),
    })
  })

  it('answers all ten service level objectives', () => {
    expect(suite.results.slo_compliance.not_checked).toEqual([])
    expect(new Set(suite.results.slo_compliance.checks.map(({ slo }: { slo: string }) => slo)).size).toBe(10)
  })

  it('asks each search for what it is about: keys seen before, and keys seen never', () => {
    for (const id of ['simple_query', 'simple_query_cold', 'simple_query_warm'])
      expect(suite.results.results[id].metrics.success_rate, id).toBe(100)
  })

  it('measures the endpoint that stands in the config, without code', () => {
    expect(suite.results.results.search_by_get).toMatchObject({ state: 'measured', metrics: { success_rate: 100 } })
  })

  it('kills a server under load and goes on', () => {
    const { metrics } = suite.results.results.failover
    expect(metrics.success_rate).toBeGreaterThan(50)
  })

  it('says which resource is full first', () => {
    const { findings } = suite.results.results.bottleneck
    expect(findings).toContainEqual(expect.objectContaining({ code: 'bottleneck' }))
  })

  it('keeps no rough number: neither baseline nor history is written', async () => {
    const files = await readdir(suite.folder.path)
    expect(files.filter((file) => /baseline|history/.test(file))).toEqual([])
  })
})

describe('the tables of the suite', () => {
  it.each([...operations, ...further, 'data_scale_1000000'])('docs/suite.md tells what %s measures', (key) => {
    const family = key.replace(/_\d+$/, '_N')
    expect([key, family].some((name) => docs.includes(`\`${name}\``))).toBe(true)
  })

  it.each([...operations, 'data_scale_1000000'])('the README lists %s', (key) => {
    const family = key.replace(/_\d+$/, '_N')
    expect([key, family].some((name) => readme.includes(`\`${name}\``))).toBe(true)
  })
})

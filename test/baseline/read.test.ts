import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import { readBaseline } from '../../src/baseline/read.ts'
import { measured, samples } from '../gates/make-case.ts'
import { environment } from './make-run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baseline-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function reading(text: string) {
  const path = join(folder, 'baseline.json')
  await writeFile(path, text)
  return readBaseline(path)
}
const options = { threshold_percent: 5, fingerprint: 'here', assume_same_machine: true }

const own = {
  schema: 'vitest-perf/baseline/1',
  environments: {
    here: {
      machine: { os: 'linux', cpu_cores: 4, cgroup_cpus: null },
      cases: { search_api: { p50_time_ms: [{ at: '2026-05-01T00:00:00.000Z', commit: 'abc', value: 2 }] } },
    },
  },
}
const mission = {
  timestamp: '2024-01-31T12:00:00Z',
  config: { iterations: 1000 },
  results: {
    search_api: {
      operation: 'search_api',
      total_time: { secs: 10, nanos: 0 },
      avg_time: { secs: 1, nanos: 500_000_000 },
      min_time: { secs: 0, nanos: 900_000 },
      max_time: { secs: 2, nanos: 0 },
      ops_per_second: 20,
      success_rate: 0.99,
      error_count: 10,
      resource_usage: { cpu_percent: 12.5, memory_bytes: 104_857_600, thread_count: 4 },
    },
  },
  slo_compliance: { overall_compliance: 96.2, violations: [], critical_violations: [] },
  system_info: { os: 'Linux', cpu_cores: 8 },
}
const results = {
  schema: 'vitest-perf/1',
  timestamp: '2026-05-01T00:00:00.000Z',
  environment,
  system_info: { os: 'linux', cpu_cores: 4 },
  results: {
    search_api: { state: 'measured', metrics: { p50_time_ms: 2, avg_time_ms: 3 }, samples: { type: 'load', requests: 5 } },
    parse: {
      state: 'measured',
      metrics: { p50_time_ms: 2 },
      samples: samples(
        Array.from({ length: 11 }, (_, i) => (10 + i) * 1e6),
        8,
      ),
    },
    broken: { state: 'failed', errors: [] },
  },
}

describe('files that can be read', () => {
  test('our baseline.json', async () => {
    expect(await reading(JSON.stringify(own))).toEqual({
      state: 'usable',
      findings: [],
      baseline: {
        path: join(folder, 'baseline.json'),
        format: 'baseline',
        environments: [{ fingerprint: 'here', machine: own.environments.here.machine, cases: own.environments.here.cases }],
      },
    })
  })

  test('a benchmark_results.json of ours: measured cases only, with the lower decile of their batches', async () => {
    const read = await reading(JSON.stringify(results))
    if (read.state !== 'usable') throw new Error(JSON.stringify(read))
    const [{ fingerprint, machine, cases, times }] = read.baseline.environments as [(typeof read.baseline.environments)[number]]
    expect({ fingerprint, machine, ids: Object.keys(cases) }).toEqual({
      fingerprint: 'here',
      machine: { os: 'linux', cpu_cores: 4 },
      ids: ['search_api', 'parse'],
    })
    expect(cases['search_api']?.['avg_time_ms']).toEqual([{ at: '2026-05-01T00:00:00.000Z', commit: 'abc1234', value: 3 }])
    expect(cases['parse']?.['p10_time_ms']?.[0]?.value).toBe(11)
    expect([times?.['parse']?.at(0), times?.['parse']?.at(50), times?.['parse']?.at(-1)]).toEqual([10, 15, 20])
  })

  test("the mission's report with its {secs, nanos}, of no known machine", async () => {
    const read = await reading(JSON.stringify(mission))
    if (read.state !== 'usable') throw new Error(JSON.stringify(read))
    const { format, environments } = read.baseline
    expect({ format, fingerprint: environments[0]?.fingerprint }).toEqual({ format: 'mission', fingerprint: null })
    const value = (name: string) => environments[0]?.cases['search_api']?.[name]?.[0]?.value
    expect(
      ['avg_time_ms', 'min_time_ms', 'max_time_ms', 'ops_per_second', 'success_rate', 'error_count', 'cpu_percent', 'memory_mb'].map(value),
    ).toEqual([1500, 0.9, 2000, 20, 99, 10, 12.5, 100])
    const compared = compareWithBaseline([measured('search_api', { p50_time_ms: 1900, avg_time_ms: 2000 })], read, options)
    expect(compared.cases[0]!.comparison).toMatchObject({ verdict: 'regressed', metric: 'avg_time_ms', base: expect.closeTo(1500, 6) })
    expect(compared.trends.baseline_timestamp).toBe('2024-01-31T12:00:00Z')
  })
})

describe('a file that cannot be used is a finding with its reason, never an error', () => {
  const text = JSON.stringify(own, null, 2)
  test.each([
    ['empty', '', 'the file is empty'],
    ['cut off', text.slice(0, 100), 'it is not valid JSON, or cut off'],
    ['no JSON', 'hello', 'it is not valid JSON'],
    ['NaN as a word', text.replace('"value": 2', '"value": NaN'), 'it is not valid JSON'],
    ['NaN written as null', text.replace('"value": 2', '"value": null'), 'environments.here.cases.search_api.p50_time_ms.0.value: '],
    ['a number too large', text.replace('"value": 2', '"value": 1e999'), 'environments.here.cases.search_api.p50_time_ms.0.value: '],
    ['a time as text', text.replace('"value": 2', '"value": "2 ms"'), 'expected number, received string'],
    ['no values', text.replace(/\[[^\]]*\]/, '[]'), 'environments.here.cases.search_api.p50_time_ms: '],
    ['another schema', '{"schema":"other/9"}', 'its schema is "other/9"; readable are vitest-perf/baseline/1, vitest-perf/1'],
    ['a list', '[]', 'it does not hold an object'],
    ['null', 'null', 'it does not hold an object'],
    ['neither schema nor results', '{}', 'it has neither a schema nor results'],
    ['results of nobody', '{"results":{"a":{"time":3}}}', 'results.a.avg_time: '],
    ['negative seconds', JSON.stringify(mission).replace('"secs":1,', '"secs":-1,'), 'results.search_api.avg_time.secs: '],
    ['a success rate in percent', JSON.stringify(mission).replace('0.99', '99'), 'results.search_api.success_rate: '],
    ['results without numbers', JSON.stringify(results).replace('"avg_time_ms":3', '"avg_time_ms":null'), 'results.search_api.'],
    ['one megabyte of garbage', '\u0000\u001B'.repeat(500_000), 'it is not valid JSON'],
    ['one megabyte of brackets', '['.repeat(1_000_000), 'it is not valid JSON'],
  ])('%s', async (_what, text, reason) => {
    const read = await reading(text)
    expect(read.state).toBe('unusable')
    expect(read.findings).toMatchObject([{ code: 'baseline_unusable', facts: { path: join(folder, 'baseline.json') } }])
    const facts = read.findings[0]!.facts as { reason: string }
    expect(facts.reason).toContain(reason)
    expect(facts.reason.length).toBeLessThan(400)
    expect(facts.reason).not.toMatch(/\p{Cc}/u)
    expect(compareWithBaseline([measured('a', { p50_time_ms: 1 })], read, options)).toMatchObject({
      findings: read.findings,
      cases: [{ state: 'measured' }],
    })
  })

  test('a folder', async () => {
    await mkdir(join(folder, 'sub'))
    expect(await readBaseline(join(folder, 'sub'))).toMatchObject({ state: 'unusable', findings: [{ code: 'baseline_unusable' }] })
  })
})

test('a file that is not there yet is no fault, unless it was asked for by name', async () => {
  const path = join(folder, 'none.json')
  expect(await readBaseline(path)).toEqual({ state: 'absent', path, findings: [] })
  expect(await readBaseline(path, { required: true })).toMatchObject({
    state: 'unusable',
    findings: [{ facts: { path, reason: 'there is no such file' } }],
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseJunit } from 'junit2json'
import { describe, expect, it } from 'vitest'
import { type ExporterName, exporters, exportersNamed } from '../../reporters/exporters/index.ts'
import type { Run, SummarisedCase } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { failed, gate, measuredFunction, measuredLoad, runOf } from '../report/run-builder.ts'
import { emptyRun, failingRun, interruptedRun, passingRun } from '../report/runs.ts'
import { hostileNames, hostileRun } from './hostile.ts'

const text = async (name: ExporterName, run: Run): Promise<string> => String(await exporters[name].render(reportOf(run)))
const json = async (name: ExporterName, run: Run): Promise<unknown> => JSON.parse(await text(name, run))
const runs = { passingRun, failingRun, emptyRun, interruptedRun, hostileRun }

describe('every exporter', () => {
  it.each(Object.keys(exporters) as ExporterName[])(
    '%s takes any run, gives the same text twice and has a file of its own',
    async (name) => {
      for (const run of Object.values(runs)) expect(await text(name, run)).toBe(await text(name, run))
      expect(Object.values(exporters).filter(({ file }) => file === exporters[name].file)).toHaveLength(1)
    },
  )

  it('stands in docs/exporters.md with its file', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/exporters.md'), 'utf8')
    for (const [name, { file }] of Object.entries(exporters)) expect(docs).toContain(`| \`${name}\` | \`${file}\` |`)
  })

  it('is found by name, and a wrong name is told with the right ones', () => {
    expect(Object.keys(exportersNamed(['junit', 'csv']))).toEqual(['junit', 'csv'])
    expect(() => exportersNamed(['toString'])).toThrow(/junit, csv/)
  })
})

describe('junit', () => {
  const read = async (run: Run) => {
    const suites = await parseJunit(await text('junit', run))
    if (!suites || !('testsuite' in suites)) throw new Error('no suites')
    return suites
  }
  const outcome = async (run: Run, name: string) => {
    const test = (await read(run)).testsuite?.flatMap(({ testcase }) => testcase ?? []).find((one) => one.name === name)
    return test?.failure ? 'failure' : test?.error ? 'error' : test?.skipped ? 'skipped' : test ? 'passed' : undefined
  }

  it('has a test for each case, gate, objective and missing case, and totals that are their sums', async () => {
    const suites = await read(failingRun)
    expect(suites.testsuite?.map(({ name }) => name).slice(-4)).toEqual([
      'performance gates',
      'service level objectives',
      'baseline',
      'run',
    ])
    const tests = suites.testsuite?.flatMap(({ testcase }) => testcase ?? []) ?? []
    expect(suites).toMatchObject({
      tests: tests.length,
      failures: tests.filter(({ failure }) => failure).length,
      errors: tests.filter(({ error }) => error).length,
    })
    const { cases, gates, slo, missing } = failingRun
    expect(tests).toHaveLength(cases.length + gates.length + slo.checks.length + missing.length + 1)
  })

  it('fails what fails the run, and nothing else', async () => {
    expect(await outcome(failingRun, 'fuzzy_search')).toBe('error')
    expect(await outcome(failingRun, 'parse_query')).toBe('failure')
    expect(await outcome(failingRun, 'large_results')).toBe('skipped')
    expect(await outcome(failingRun, 'config_write')).toBe('failure')
    expect(await outcome(failingRun, 'Parser budget (parse_query.avg_time_ms)')).toBe('failure')
    // A warning and an undecided gate fail nothing.
    expect(await outcome(failingRun, 'Memory (search_api.memory_mb)')).toBe('passed')
    expect(await outcome(failingRun, 'Search p95 (search_api.p95_time_ms)')).toBe('passed')
    const passing = await read(passingRun)
    expect([passing.failures, passing.errors]).toEqual([0, 0])
  })

  it('is XML whatever the names are, and gives them back as they are', async () => {
    const suites = await read(hostileRun)
    const gates = suites.testsuite?.find(({ name }) => name === 'performance gates')?.testcase ?? []
    expect(gates.map(({ name }) => name)).toContain(`${hostileNames.attribute} (${hostileNames.attribute}.avg_time_ms)`)
    expect(JSON.stringify(suites)).not.toMatch(/\\u0000|\\u001b/)
  })

  it('has seconds as Surefire writes them, and no attribute that Jenkins does not know', async () => {
    const xml = await text('junit', failingRun)
    for (const [, time = ''] of xml.matchAll(/ time="([^"]*)"/g)) expect(time).toMatch(/^\d+\.\d{3}$/)
    const known: Record<string, string[]> = {
      testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'time', 'skipped', 'timestamp', 'id'],
      testcase: ['name', 'time', 'classname'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['message'],
    }
    for (const [, name = '', attributes = ''] of xml.matchAll(/<([a-z-]+)((?: [a-z]+="[^"]*")*)\/?>/g)) {
      expect(known[name] ?? []).toEqual(expect.arrayContaining([...attributes.matchAll(/ ([a-z]+)=/g)].map((match) => match[1])))
    }
  })
})

describe('csv', () => {
  it('is read by csv-parse with a row for each metric, and one for a case without numbers', async () => {
    const rows: Record<string, string>[] = parseCsv(await text('csv', failingRun), { columns: true })
    const parser = rows.filter(({ id }) => id === 'parse_query')
    expect(parser.find(({ metric }) => metric === 'avg_time_ms')).toMatchObject({
      value: '0.000644',
      unit: 'ms',
      better: 'lower',
      verdict: 'regressed',
      state: 'measured',
    })
    expect(rows.filter(({ id }) => id === 'fuzzy_search')).toMatchObject([{ state: 'failed', value: '' }])
    expect(rows.filter(({ id }) => id === 'config_write')).toMatchObject([{ state: 'missing', verdict: 'missing' }])
  })

  it('keeps names with quotes, commas and line ends in their cell, and starts no formula', async () => {
    const formula = runOf({
      cases: [measuredFunction('a', 1, { identity: { ...passingRun.cases[0]!.identity, id: 'a', name: '=HYPERLINK("http://x")' } })],
    })
    const [row]: Record<string, string>[] = parseCsv(await text('csv', formula), { columns: true })
    expect(row?.['name']).toBe(`'=HYPERLINK("http://x")`)
    const rows: Record<string, string>[] = parseCsv(await text('csv', hostileRun), { columns: true })
    expect(rows.map(({ name }) => name)).toContain(hostileNames.attribute)
  })
})

describe('openmetrics', () => {
  const python = '/usr/bin/python3'
  const reads = (program: string): boolean => {
    try {
      return existsSync(python) && execFileSync(python, ['-c', program], { stdio: 'pipe' }).length >= 0
    } catch {
      return false
    }
  }
  const here = reads('import prometheus_client.openmetrics.parser')

  const without = here ? '' : ' (not applicable: python3-prometheus-client is not installed)'

  it.runIf(here).each(Object.entries(runs))(`of %s is read by the Prometheus client for Python${without}`, async (_, run) => {
    const program = [
      'import sys, json',
      'from prometheus_client.openmetrics.parser import text_string_to_metric_families as read',
      'print(json.dumps([[f.name, f.type, f.unit, len(f.samples)] for f in read(sys.stdin.read())]))',
    ].join('\n')
    const families: [string, string, string, number][] = JSON.parse(
      execFileSync(python, ['-c', program], { input: await text('openmetrics', run), encoding: 'utf8' }),
    )
    expect(families.slice(0, 2)).toEqual([
      ['vitest_perf_run', 'info', '', 1],
      ['vitest_perf_run_passed', 'gauge', '', 1],
    ])
    const measured = run.cases.filter((one) => one.state === 'measured' && 'avg_time_ms' in one.metrics).length
    expect(families.find(([name]) => name === 'vitest_perf_avg_time_seconds')?.[3]).toBe(measured || undefined)
  })

  it('has base units', async () => {
    const lines = await text('openmetrics', runOf({ cases: [measuredFunction('one', 1500)] }))
    expect(lines).toContain('vitest_perf_avg_time_seconds{case="one",suite="search",file="src/search.bench.ts",kind="function"} 1.5\n')
    expect(lines).toContain('vitest_perf_memory_bytes{case="one",suite="search",file="src/search.bench.ts",kind="function"} 92274688\n')
    expect(lines).toContain('vitest_perf_cpu_ratio{case="one",suite="search",file="src/search.bench.ts",kind="function"} 1.01\n')
    expect(lines.endsWith('# EOF\n')).toBe(true)
  })
})

describe('bencher', () => {
  it('is the Bencher Metric Format: measures with a value inside its bounds, latency in nanoseconds', async () => {
    const metrics = (await json('bencher', passingRun)) as Record<string, Record<string, Record<string, number>>>
    expect(metrics['health_check']?.['latency']).toEqual({ value: 420_000, lower_value: 0.42 * 0.97 * 1e6, upper_value: 0.42 * 1.03 * 1e6 })
    for (const measures of Object.values(metrics)) {
      for (const [slug, measure] of Object.entries(measures)) {
        expect(slug).toMatch(/^[a-z0-9-]+$/)
        expect(Object.keys(measure).filter((key) => !['value', 'lower_value', 'upper_value'].includes(key))).toEqual([])
        expect(measure['lower_value'] ?? measure['value']).toBeLessThanOrEqual(measure['value']!)
        expect(measure['upper_value'] ?? measure['value']).toBeGreaterThanOrEqual(measure['value']!)
      }
    }
  })
})

describe('github-action-benchmark', () => {
  it('has entries with name, unit and number, split by direction, each once', async () => {
    const smaller = (await json('customSmallerIsBetter', failingRun)) as Record<string, unknown>[]
    const bigger = (await json('customBiggerIsBetter', failingRun)) as Record<string, unknown>[]
    for (const entry of [...smaller, ...bigger]) {
      expect([typeof entry['name'], typeof entry['unit'], typeof entry['value']]).toEqual(['string', 'string', 'number'])
      if ('range' in entry) expect(entry['range']).toMatch(/^± [\d.e-]+$/)
    }
    expect(smaller.map(({ name }) => name)).toContain('parse_query.avg_time_ms')
    expect(bigger.map(({ name }) => name)).toContain('parse_query.ops_per_second')
    const names = [...smaller, ...bigger].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('benchstat', () => {
  // https://go.dev/design/14313-benchmark-format
  const configuration = /^[a-z][^\p{Lu}\s]*: \S.*$/u
  const unit = /^Unit \S+ [a-z]+=\S+$/
  const result = /^Benchmark(?!\p{Ll})\S*-\d+\s\d+(\s[\d.e+-]+\s\S+)+$/u

  it('has lines of Go’s benchmark format only', async () => {
    for (const run of Object.values(runs)) {
      const lines = (await text('benchstat', run)).split('\n').filter((line) => line !== '')
      for (const line of lines) expect([configuration, unit, result].some((form) => form.test(line)) ? '' : line).toBe('')
    }
  })

  it('cuts a case into ten lines whose calls are all of its calls, so that benchstat has samples', async () => {
    const run = runOf({ cases: [measuredFunction('sum-8', 0.001)] })
    const lines = (await text('benchstat', run)).split('\n').filter((line) => line.startsWith('Benchmark'))
    expect(lines).toHaveLength(10)
    expect(lines[0]?.split('\t')[0]).toBe('BenchmarkSum_8-8')
    expect(lines.map((line) => Number(line.split('\t')[1])).reduce((sum, calls) => sum + calls, 0)).toBe(200_000)
  })

  it('says of each tracked unit which way is better', async () => {
    const tracked = (id: string, unit: string, better: 'lower' | 'higher', value: number): SummarisedCase => {
      const one = measuredFunction(id, 1)
      return { ...one, measurement: { type: 'tracked', values: [value], unit, better }, metrics: { value } } as SummarisedCase
    }
    const cases = [tracked('score', 'points', 'higher', 7), tracked('debt', 'points', 'lower', 3), tracked('plain', '', 'lower', 1)]
    const lines = (await text('benchstat', runOf({ cases }))).split('\n')
    expect(lines.filter((line) => line.startsWith('Unit value'))).toEqual([
      'Unit value-points better=higher',
      'Unit value-points-lower better=lower',
      'Unit value better=lower',
    ])
    expect(lines.filter((line) => line.startsWith('Benchmark')).map((line) => line.split('\t').slice(2))).toEqual([
      ['7', 'value-points'],
      ['3', 'value-points-lower'],
      ['1', 'value'],
    ])
  })
})

describe('k6', () => {
  interface Summary {
    readonly metrics: Record<
      string,
      { readonly type: string; readonly values: Record<string, number>; readonly thresholds?: Record<string, { ok: boolean }> }
    >
  }

  it('has each load as a sub-metric and all of them exactly added up', async () => {
    const { metrics } = (await json('k6', passingRun)) as Summary
    const loads = passingRun.cases.flatMap((one) => (one.state === 'measured' && one.measurement.type === 'load' ? [one.measurement] : []))
    expect(metrics['http_reqs']?.values['count']).toBe(loads.reduce((sum, { requests }) => sum + requests, 0))
    const { min, max } = metrics['http_req_duration']!.values
    expect([min, max]).toEqual([Math.min(...loads.map(({ min_ms }) => min_ms)), Math.max(...loads.map(({ max_ms }) => max_ms))])
    expect(Object.keys(metrics).filter((name) => name.startsWith('http_req_duration{'))).toHaveLength(4)
  })

  it('turns gates into thresholds that k6-junit reads', async () => {
    const run = runOf({
      cases: [measuredLoad('search_api', 1.2)],
      gates: [
        gate('failed', { metric: 'search_api.p95_time_ms', operator: 'LessThan', threshold: 2, fails: true }),
        gate('failed', { metric: 'search_api.p50_time_ms', operator: 'LessThan', threshold: 1, severity: 'Warning', fails: false }),
        gate('undecided', { metric: 'search_api.p99_time_ms', operator: 'LessThan', threshold: 3, fails: false }),
        gate('passed', { metric: 'search_api.success_rate', operator: 'GreaterThanOrEqual', threshold: 99 }),
      ],
    })
    const summary = (await json('k6', run)) as Summary
    expect(summary.metrics['http_req_duration{case:search_api}']?.thresholds).toEqual({ 'p(95)<2': { ok: false } })
    expect(summary.metrics['http_req_failed{case:search_api}']?.thresholds).toEqual({ 'rate<=0.01': { ok: true } })
    const { jUnit } = (await import('k6-junit')) as unknown as { jUnit: (data: unknown, name: string) => string }
    const read = await parseJunit(jUnit(summary, 'ours'))
    expect(JSON.stringify(read)).toContain('threshold exceeded')
  })
})

describe('vitest4', () => {
  it('is what Vitest 4 wrote: files, groups and benchmarks with times in milliseconds', async () => {
    const { files } = (await json('vitest4', failingRun)) as {
      files: { filepath: string; groups: { fullName: string; benchmarks: Record<string, number>[] }[] }[]
    }
    expect(files.map(({ filepath }) => filepath).toSorted()).toEqual(['bench/server-api.bench.ts', 'src/search.bench.ts'])
    for (const { groups, filepath } of files) {
      for (const { fullName, benchmarks } of groups) {
        expect(fullName.startsWith(`${filepath} > `)).toBe(true)
        expect(benchmarks.map(({ rank }) => rank)).toEqual(benchmarks.map((_, at) => at + 1))
        for (const one of benchmarks) {
          expect(one['mean']).toBeGreaterThan(0)
          expect(one['p995']).toBeLessThanOrEqual(one['p999']!)
          expect(one['sampleCount']).toBeGreaterThan(0)
        }
      }
    }
  })

  it('leaves out what failed, instead of giving it zeros', async () => {
    expect(JSON.stringify(await json('vitest4', runOf({ cases: [failed('broken')] })))).toBe('{"files":[]}')
  })
})

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json } from '../../reporters/json.ts'
import { acceptRun } from '../../src/cli/accept-run.ts'
import { baselineText } from '../../src/cli/baseline-text.ts'
import { openerOf } from '../../src/cli/open-file.ts'
import { readStoredRun } from '../../src/cli/stored-run.ts'
import { onlyPattern } from '../../src/programmatic/only.ts'
import type { Run, SummarisedCase } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { comparison, measuredFunction, runOf } from '../report/run-builder.ts'
import { failingRun, passingRun } from '../report/runs.ts'
import { command, ownFolder } from './command-line.ts'

const duration = (ms: number) => ({ secs: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 })
const operation = (ms: number, success_rate = 1) => ({
  operation: 'x',
  total_time: duration(5000),
  avg_time: duration(ms),
  min_time: duration(ms),
  max_time: duration(2 * ms),
  ops_per_second: 1000 / ms,
  success_rate,
  error_count: 0,
  resource_usage: { cpu_percent: 12, memory_bytes: 104_857_600, thread_count: 8 },
})
const mission = {
  timestamp: '2025-03-01T10:00:00.123456Z',
  config: {},
  results: { search_api: operation(50), health_check: operation(10) },
  slo_compliance: { overall_compliance: 100, violations: [], critical_violations: [] },
  system_info: { os: 'Linux', os_version: '6.1', cpu_model: 'AMD', cpu_cores: 8, total_memory_mb: 16_000, available_memory_mb: 8_000 },
  trends: {},
}

describe('stored runs', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  const store = (name: string, run: Run) => writeFile(at(name), json.render(reportOf(run)))
  const run = (...args: string[]) => command(ownFolder, args)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitest-perf-stored-'))
    await Promise.all([
      store('passing.json', passingRun),
      store('benchmark_results.json', failingRun),
      store('slow.json', runOf({ cases: [measuredFunction('a', 2), measuredFunction('b', 1)] })),
      store('quick.json', runOf({ cases: [measuredFunction('a', 1), measuredFunction('b', 1), measuredFunction('c', 1)] })),
      writeFile(at('mission.json'), JSON.stringify(mission)),
      writeFile(at('next.json'), JSON.stringify({ schema: 'vitest-perf/9', results: {} })),
    ])
  })
  afterAll(() => rm(folder, { recursive: true }))

  describe('report', () => {
    it.each(['html', 'json', 'markdown', 'junit', 'csv', 'openmetrics', 'benchstat', 'github-annotations'])(
      'makes %s of a run as the run itself did',
      async (format) => {
        const { code, out } = await run('report', at('passing.json'), '-f', format)
        expect(code).toBe(0)
        expect(out.length).toBeGreaterThan(format === 'github-annotations' ? -1 : 100)
        if (format === 'json') expect(JSON.parse(out)).toEqual(JSON.parse(await readFile(at('passing.json'), 'utf8')))
      },
    )

    it('takes the folder of a run, and writes a file or into a folder', async () => {
      expect((await run('report', folder, '-f', 'markdown', '-o', at('own.md'))).out).toBe(`${at('own.md')}\n`)
      expect(await readFile(at('own.md'), 'utf8')).toMatch(/^# Fail/)
      expect((await run('report', folder, '-f', 'junit', '-o', folder)).out).toBe(`${at('junit.xml')}\n`)
      const nowhere = await run('report', folder, '-f', 'junit', '-o', `${at('own.md')}/x/junit.xml`)
      expect([nowhere.code, nowhere.err]).toEqual([5, expect.stringContaining('RESULTS_UNWRITABLE')])
    })

    it('has the templates of the run where they are, ours elsewhere, and those that are named', async () => {
      const { config } = passingRun
      await store('elsewhere.json', {
        ...passingRun,
        config: { ...config, reporting: { ...config.reporting, templates: 'perf-templates' } },
      })
      const elsewhere = await run('report', at('elsewhere.json'), '-f', 'markdown')
      expect([elsewhere.code, elsewhere.out.slice(0, 6)]).toEqual([0, '# Pass'])
      expect(elsewhere.err).toContain(
        'The templates of this run, perf-templates, are not here: ours stand in for them; --templates names their folder.',
      )
      expect((await run('report', at('elsewhere.json'), '-f', 'json')).err).not.toContain('templates')
      await mkdir(at('mine'), { recursive: true })
      await writeFile(at('mine/summary.hbs'), 'Mine: {{md verdict.word}}')
      expect((await run('report', at('elsewhere.json'), '-f', 'markdown', '--templates', at('mine'))).out).toBe('Mine: Pass\n')
      const wrong = await run('report', at('passing.json'), '-f', 'html', '--templates', at('not-there'))
      expect([wrong.code, wrong.err]).toEqual([5, expect.stringContaining('TEMPLATES_UNUSABLE')])
    })

    it('shows a report of the mission with its own figures and nothing that it does not have', async () => {
      const health = (await readStoredRun(at('mission.json'))).cases.find(({ identity }) => identity.id === 'health_check')
      expect(health).toMatchObject({ state: 'measured', estimates: {}, resources: [], duration_ms: 5000, measurement: { ns_per_call: [] } })
      expect(health?.state === 'measured' && health.metrics).toEqual({
        avg_time_ms: 10,
        min_time_ms: 10,
        max_time_ms: 20,
        ops_per_second: 100,
        success_rate: 100,
        error_count: 0,
        cpu_percent: 12,
        memory_mb: 100,
      })
      const { out, code } = await run('report', at('mission.json'), '-f', 'markdown')
      expect(code).toBe(0)
      expect(out).toMatch(/health\\_check \| 10 ms \| – \| 100\/s \| – \| – \| 12 % \| 100 MB/)
      expect((await run('report', at('mission.json'))).out).toContain('<!doctype html>')
    })

    it('says what is wrong with a file that is no run', async () => {
      await expect(readStoredRun(at('next.json'))).rejects.toThrow(/next\.json is not a benchmark_results\.json/)
      await writeFile(at('half.json'), '{ "schema": "vitest-perf/1", ')
      await expect(readStoredRun(at('half.json'))).rejects.toThrow(/half\.json is not JSON/)
      await writeFile(at('other.json'), '{ "results": { "a": 1 } }')
      await expect(readStoredRun(at('other.json'))).rejects.toThrow(/neither ours nor a report of the mission/)
      await expect(readStoredRun(at('nowhere'))).rejects.toThrow(/there is no such file/)
    })
  })

  describe('compare', () => {
    it('finds what is slower and what is missing, and ends with 4', async () => {
      const { code, out } = await run('compare', at('slow.json'), at('quick.json'))
      expect(out).toMatch(/a\.\S+ rose by \d+\.\d %/)
      expect(out).toContain('c has a value in quick.json')
      expect(code).toBe(4)
    })

    it('gives the same as JSON and as Markdown', async () => {
      const told = JSON.parse((await run('compare', at('slow.json'), at('quick.json'), '-f', 'json')).out) as {
        verdict: unknown
        comparisons: Record<string, { verdict: string }>
        trends: { missing_operations: string[] }
      }
      expect(told.verdict).toMatchObject({ passed: false, exit_reason: 'regression' })
      expect([told.comparisons['a']?.verdict, told.comparisons['b']?.verdict]).toEqual(['regressed', 'unchanged'])
      expect(told.trends.missing_operations).toEqual(['c'])
      expect((await run('compare', at('slow.json'), at('quick.json'), '-f', 'markdown')).out).toMatch(/\| ▲ slower \| a \|/)
    })

    it('is content with a run and itself, and with a change below the threshold', async () => {
      expect((await run('compare', at('quick.json'), at('quick.json'))).code).toBe(0)
      const { out } = await run('compare', at('slow.json'), at('quick.json'), '--threshold', '200')
      expect(out).not.toMatch(/a\.\S+ rose/)
    })

    it('judges nothing from another machine, says so, and does not take that for a pass', async () => {
      const { out, code } = await run('compare', at('mission.json'), at('mission.json'))
      expect(out).toContain('another machine')
      expect(out.replace(/\s+/g, ' ')).toContain('Nothing was compared')
      expect(code).toBe(5)
    })

    it('compares reports that do not name their machine where one says that it is the same', async () => {
      const slower = { ...mission, results: { ...mission.results, search_api: operation(500) } }
      await writeFile(at('mission-slower.json'), JSON.stringify(slower))
      const compare = (current: string) => run('compare', at(current), at('mission.json'), '--same-machine')
      expect((await compare('mission.json')).code).toBe(0)
      const { code, out } = await compare('mission-slower.json')
      expect([code, out]).toEqual([4, expect.stringMatching(/search_api\.\S+ rose by 9\d\d/)])
    })

    it('knows the waivers of the run: what they waive is told, and fails nothing', async () => {
      const config = { ...runOf().config, waivers: [{ case: 'a', until: '2026-12-31', reason: 'ranks by two more fields' }] }
      const cases = [measuredFunction('a', 2), measuredFunction('b', 1), measuredFunction('c', 1)]
      await store('waived.json', runOf({ cases, config }))
      const { code, out } = await run('compare', at('waived.json'), at('quick.json'))
      expect([code, out.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('ranks by two more fields')])
      await store('waived-later.json', runOf({ cases, config, started_at: Date.UTC(2027, 1, 2) }))
      expect((await run('compare', at('waived-later.json'), at('quick.json'))).code).toBe(4)
    })

    it('never compares runs that were merged from several kinds of machine, for their shards may have changed places', async () => {
      const environment = { ...runOf().environment, fingerprint: 'a+b' }
      await store('joined.json', runOf({ cases: [measuredFunction('a', 1)], environment }))
      await store('joined-slower.json', runOf({ cases: [measuredFunction('a', 2)], environment }))
      const { code, out } = await run('compare', at('joined-slower.json'), at('joined.json'))
      expect([code, out.replace(/\s+/g, ' ')]).toEqual([5, expect.stringContaining('several kinds of machine')])
    })

    it('says which of the two is wrong', async () => {
      expect((await run('compare', at('quick.json'), at('half.json'))).err).toMatch(/half\.json cannot be compared with/)
    })
  })

  describe('validate', () => {
    it('judges a run by its own gates and objectives', async () => {
      expect((await run('validate', at('passing.json'))).code).toBe(0)
    })

    it('judges it by those of a file, where a missed gate is a 2', async () => {
      const gate = { name: 'Search', metric: 'search_api.avg_time_ms', operator: 'LessThan', threshold: 0.5, severity: 'Blocking' }
      await writeFile(at('tight.json'), JSON.stringify({ gates: [gate] }))
      const { code, out } = await run('validate', at('passing.json'), '--slo-config', at('tight.json'))
      expect(out).toContain('1 performance gate not met')
      expect(code).toBe(2)
    })

    it('is strict where that is asked for: any missed objective is a 3', async () => {
      await writeFile(at('slo.json'), JSON.stringify({ slo: { min_rps: 2000 } }))
      const lenient = await run('validate', at('passing.json'), '--slo-config', at('slo.json'))
      const strict = await run('validate', at('passing.json'), '--slo-config', at('slo.json'), '--strict')
      expect([lenient.code, strict.code]).toEqual([0, 3])
    })

    it('does not take "nothing was checked" for "all is well"', async () => {
      const { code, out } = await run('validate', at('quick.json'))
      expect(out.replace(/\s+/g, ' ')).toContain('Nothing was validated')
      expect(code).toBe(3)
    })
  })

  describe('accepting', () => {
    const regressed = (id: string) =>
      measuredFunction(id, 2, { comparison: comparison('regressed', { base: 1, head: 2, effect_percent: 100 }) })
    const missing = { id: 'gone', comparison: comparison('missing', { base: 1 }) }
    const verdict = { passed: false, exit_reason: 'regression', reasons: [] } as const
    const accept = (pattern?: string, force = false) =>
      acceptRun({ pattern, reason: 'meant', run: at('accept.json'), baseline: at('baseline.json'), force })

    it('takes what regressed, and drops what is missing only where it is named', async () => {
      await rm(at('baseline.json'), { force: true })
      await store('accept.json', runOf({ cases: [measuredFunction('gone', 1), measuredFunction('kept', 1)] }))
      await expect(accept()).rejects.toThrow(/no case regressed and none is missing/)
      await store('accept.json', runOf({ cases: [regressed('slow')], missing: [missing], verdict }))
      expect((await accept())[0]).toContain('accepted  slow')
      await expect(accept('no*')).rejects.toThrow(/matches none/)
      expect(await accept('*')).toEqual([
        expect.stringContaining('accepted  slow'),
        'dropped   gone',
        expect.stringContaining('holds the run'),
      ])
    })

    it('keeps reason and commit of each case in the baseline, and moves there what an earlier version kept beside it', async () => {
      await rm(at('baseline.json'), { force: true })
      const run = runOf({ cases: [regressed('slow')], verdict })
      await store('accept.json', run)
      const { fingerprint, commit } = run.environment
      const old = {
        at: '2026-01-01T00:00:00.000Z',
        reason: 'long ago',
        commit: 'c0ffee',
        fingerprint,
        cases: [{ id: 'old', metric: 'value', to: 3 }],
      }
      await writeFile(at('baseline-accepted.ndjson'), `${JSON.stringify(old)}\n`)
      await accept()
      const text = await readFile(at('baseline.json'), 'utf8')
      const { environments } = JSON.parse(text) as { environments: Record<string, { accepted: unknown }> }
      expect(environments[fingerprint]?.accepted).toEqual({
        old: { at: '2026-01-01T00:00:00.000Z', commit: 'c0ffee', reason: 'long ago', metric: 'value', to: 3 },
        slow: { at: expect.any(String) as string, commit, reason: 'meant', metric: 'avg_time_ms', from: 1, to: 2 },
      })
      expect(existsSync(at('baseline-accepted.ndjson'))).toBe(false)
      expect(await baselineText(at('baseline.json'))).toMatch(
        /Accepted\n {2}2026-01-01 {2}old c0ffee: long ago\n {2}\S+ {2}slow 91d07e4: meant/,
      )
    })

    it('does not take a case whose halves disagree, unless forced to', async () => {
      const wild = { ...regressed('wild'), state: 'measured' } as SummarisedCase
      const { measurement } = wild
      if (measurement.type !== 'samples') throw new Error('made of samples')
      const ns_per_call = measurement.ns_per_call.map((ns, index) => (index < 100 ? ns : ns * 1.5))
      await store(
        'accept.json',
        runOf({ cases: [{ ...wild, measurement: { ...measurement, ns_per_call } }, measuredFunction('fine', 1)], verdict }),
      )
      await expect(accept('wild')).rejects.toThrow(/wild does not agree with itself: its halves are .* % apart.*--force/)
      expect((await accept('wild', true))[0]).toContain('accepted  wild')
    })

    it('takes nothing from a run in which something failed', async () => {
      await store('accept.json', runOf({ cases: [regressed('slow')], verdict: { passed: false, exit_reason: 'failed_case', reasons: [] } }))
      await expect(accept()).rejects.toThrow(/the run did not pass: failed_case/)
    })

    it('takes nothing from a run that was merged from several kinds of machine', async () => {
      await store(
        'accept.json',
        runOf({ cases: [regressed('slow')], environment: { ...runOf().environment, fingerprint: 'a+b' }, verdict }),
      )
      await expect(accept()).rejects.toThrow(/does not say which of them measured a case.*--force/)
    })

    it('leaves other cases that regressed open', async () => {
      await store('accept.json', runOf({ cases: [regressed('slow'), regressed('slower')], verdict }))
      await expect(accept('slow')).rejects.toThrow(/not accepted: slower/)
    })
  })
})

describe('names of cases', () => {
  it.each([
    ['search_api', 'suite search api', true],
    ['search_api', 'suite Search (API)', true],
    ['search_api', 'research api', false],
    ['search_api', 'search api v2', false],
    ['search_*', 'search api v2', true],
    ['sort words', 'example sort words', true],
    ['größe', 'Größe', true],
    ['a.b', 'axb', false],
  ])('%s selects "%s": %s', (id, name, selected) => {
    expect(onlyPattern([id])?.test(name)).toBe(selected)
  })

  it('are all where none is given', () => {
    expect(onlyPattern([])).toBeUndefined()
  })
})

describe('opening', () => {
  it('uses what the system has, and nothing without a screen or under CI', () => {
    expect(openerOf('linux', { DISPLAY: ':0' })).toEqual(['xdg-open'])
    expect(openerOf('linux', {})).toBeUndefined()
    expect(openerOf('darwin', {})).toEqual(['open'])
    expect(openerOf('darwin', { CI: 'true' })).toBeUndefined()
    expect(openerOf('win32', {})?.[0]).toBe('cmd')
  })

  it('prints the path of the newest page, and says where there is none', async () => {
    const missing = await command(ownFolder, ['open', '/nowhere'])
    expect(missing.err).toContain('There is no report in /nowhere: run the benchmarks first.')
    expect(missing.code).toBe(64)
  })

  it('does not say that nothing was run where only the page is off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'open-'))
    await mkdir(join(folder, 'latest'))
    const off = await command(ownFolder, ['open', folder])
    expect(off.err).toContain('has no HTML report: Turn "html" on in reporting')
    await writeFile(join(folder, 'latest/benchmark_results.json'), json.render(reportOf(passingRun)))
    const stored = await command(ownFolder, ['open', folder])
    expect(stored.err).toContain(`\`vitest-perf report ${join(folder, 'latest')} -o report.html\` makes it.`)
    await writeFile(join(folder, 'latest/benchmark_report.html'), '')
    expect((await command(ownFolder, ['open', folder, '--print'])).out).toBe(`${join(folder, 'latest/benchmark_report.html')}\n`)
    await rm(folder, { recursive: true })
  })
})

import { parse as parseJunit } from 'junit2json'
import { describe, expect, test } from 'vitest'
import { junit } from '../../reporters/exporters/junit.ts'
import { annotationsOf } from '../../reporters/github/annotations.ts'
import { judgeCompared, type JudgedCircumstances } from '../../src/main/judge-run.ts'
import { defaultConfig, type BenchmarkConfig, type Gate } from '../../src/model/benchmark-config.ts'
import { finding } from '../../src/model/finding.ts'
import type { ComparedRun, Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { comparison, environment, failed, measuredFunction, measuredLoad, runOf } from '../report/run-builder.ts'

const gate = (metric: string, threshold: number): Gate => ({ name: metric, metric, operator: 'LessThan', threshold, severity: 'Blocking' })
const started_at = Date.UTC(2026, 10, 25)
const config = (over: Partial<BenchmarkConfig> = {}): BenchmarkConfig => ({ ...defaultConfig, fail_on_regression: true, ...over })
const waivers = [{ case: '*', until: '2026-12-31', reason: 'ranks by two more fields' }]

/** As a run ends, by the judges themselves. */
function judged(compared: Partial<ComparedRun>, own: Partial<BenchmarkConfig> = {}, circumstances: Partial<JudgedCircumstances> = {}): Run {
  const { trends, findings } = runOf()
  const whole = { cases: [measuredFunction('fine', 1)], missing: [], trends, findings, ...compared }
  const usual = { started_at, duration_ms: 1, environment, project: 'shop', errors: [], interrupted: false, filtered: false }
  return judgeCompared(whole, config(own), { ...usual, ...circumstances })
}

const slower = measuredFunction('slower', 2, { comparison: comparison('regressed', { base: 1, head: 2, effect_percent: 100 }) })
const figureless = measuredFunction('figureless', 2, { comparison: comparison('missing', { base: 1 }) })
const gone = { id: 'gone', comparison: comparison('missing', { base: 1 }) }
const unusable = finding('baseline_unusable', { path: 'baseline.json', reason: 'it is cut off' })

const failing: Record<string, Run> = {
  'a slower case': judged({ cases: [slower] }),
  'a case that lost its figure': judged({ cases: [figureless] }),
  'a case that is gone': judged({ missing: [gone] }),
  'a case that failed': judged({ cases: [failed('broken', { errors: [{ message: 'it broke' }] })] }),
  'a gate': judged({}, { gates: [gate('fine.avg_time_ms', 0.5)] }),
  'a gate without a case': judged({}, { gates: [gate('nowhere.avg_time_ms', 1)] }),
  'an objective': judged({ cases: [measuredLoad('fetch_page', 5000)] }),
  'a file that does not load': judged({}, {}, { errors: [{ message: 'a.bench.ts does not load' }] }),
  'a shard that is missing': judged({}, {}, { infrastructure: ['Shard 2 of 3 is missing.'] }),
  'a baseline that cannot be used': judged({ findings: [unusable] }),
  'a run without cases': judged({ cases: [] }),
  'an interruption': judged({}, {}, { interrupted: true }),
  'a gate in a part of the cases': judged({ missing: [gone] }, { gates: [gate('fine.avg_time_ms', 0.5)] }, { filtered: true }),
}
const passing: Record<string, Run> = {
  'nothing against it': judged({}),
  'a waived regression': judged({ cases: [slower] }, { waivers }),
  'a waived case that is gone': judged({ missing: [gone] }, { waivers }),
  'a regression that is only reported': judged({ cases: [slower], missing: [gone] }, { fail_on_regression: false }),
  'a part of the cases': judged({ missing: [gone] }, { gates: [gate('gone.avg_time_ms', 1)] }, { filtered: true }),
}

async function testsOf(run: Run) {
  const suites = await parseJunit(junit.render(reportOf(run)))
  if (!suites || !('testsuite' in suites)) throw new Error('no suites')
  return suites.testsuite?.flatMap(({ testcase }) => testcase ?? []) ?? []
}
const failuresOf = async (run: Run) => (await testsOf(run)).filter((one) => one.failure ?? one.error).map(({ name }) => name)
const errorsOf = (run: Run) => annotationsOf(run).filter((line) => line.startsWith('::error'))

describe('a run that fails by', () => {
  test.each(Object.entries(failing))('%s fails a test of JUnit beside the verdict, or the verdict where it has no case', async (_, run) => {
    expect(run.verdict.passed).toBe(false)
    const codes = run.verdict.reason_codes ?? []
    const standing = codes.filter((code) => !code.endsWith('_remark') && code !== 'gate_without_case')
    const ofCases = standing.filter((code) => code !== 'infrastructure' && code !== 'interrupted')
    const names = await failuresOf(run)
    expect(names.at(-1)).toBe('verdict')
    expect(names).toHaveLength(ofCases.length + 1)
    expect(errorsOf(run)).toHaveLength(standing.length)
  })
})

describe('a run that passes with', () => {
  test.each(Object.entries(passing))('%s fails no test of JUnit, and has no error at GitHub', async (_, run) => {
    expect(run.verdict.passed).toBe(true)
    expect(await failuresOf(run)).toEqual([])
    expect((await testsOf(run)).map(({ name }) => name)).toContain('verdict')
    expect(errorsOf(run)).toEqual([])
  })
})

test('what is waived is told with its reason, as a warning', async () => {
  const run = judged({ cases: [slower] }, { waivers })
  const text = 'Waived until 2026-12-31: ranks by two more fields'
  expect(JSON.stringify(await testsOf(run))).toContain(text)
  expect(annotationsOf(run)).toEqual([expect.stringMatching(/^::warning title=Slower/)])
  expect(annotationsOf(run)[0]).toContain(text)
})

test('a part of the cases names what failed in it, and nothing that was left out', async () => {
  expect(await failuresOf(failing['a gate in a part of the cases']!)).toEqual(['fine.avg_time_ms (fine.avg_time_ms)', 'verdict'])
})

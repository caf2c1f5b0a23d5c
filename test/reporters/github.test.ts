import { describe, expect, it } from 'vitest'
import { annotationsOf } from '../../reporters/github/annotations.ts'
import { outputLine, workflowCommand } from '../../reporters/github/commands.ts'
import { jobSummary, summaryLimit } from '../../reporters/github/job-summary.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { comparison, gate, measuredFunction, runOf } from '../report/run-builder.ts'
import { failingRun, passingRun } from '../report/runs.ts'
import { hostileRun } from './hostile.ts'

describe('workflow commands', () => {
  it('are one line, with everything escaped that would end a part of them', () => {
    expect(workflowCommand('error', { file: 'a,b:c.ts', line: 3, title: '' }, '50 %\nis ::warning::not enough')).toBe(
      '::error file=a%2Cb%3Ac.ts,line=3::50 %25%0Ais ::warning::not enough',
    )
    expect(outputLine('headline', 'one\ntwo=three')).toBe('headline=one two=three\n')
  })
})

describe('annotations', () => {
  it('stand at the lines of the benches and tell gates, regressions, failures and objectives apart', () => {
    const lines = annotationsOf(failingRun)
    expect(lines[0]).toBe(
      '::error title=Performance gate failed%3A Parser budget,file=src/search.bench.ts,line=12::parse_query.avg_time_ms is 644 ns, the gate wants less than 500 ns',
    )
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(5)
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(4)
    expect(annotationsOf(failingRun, { failedCases: false }).join()).not.toContain('Case failed')
    expect(annotationsOf(passingRun)).toEqual([])
  })

  it('are ten of a kind at most, the last of which says how many there are more', () => {
    const cases = Array.from({ length: 30 }, (_, at) => measuredFunction(`case_${at}`, 1, { comparison: comparison('regressed') }))
    const lines = annotationsOf(runOf({ cases, verdict: { passed: false, exit_reason: 'regression', reasons: [] } }))
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toContain('And 21 more')
  })

  it('are no command of somebody’s name', () => {
    const run = runOf({ gates: [gate('failed', { name: 'x\n::set-env name=PATH::/tmp', message: 'y\r\n::stop-commands::z' })] })
    const text = annotationsOf(run).join('\n')
    expect(text.split('\n')).toHaveLength(1)
    for (const line of annotationsOf(hostileRun)) expect(line).toMatch(/^::(error|warning)[^\r\n]*$/)
  })
})

describe('the job summary', () => {
  it('stays below what GitHub takes, however many cases there are', async () => {
    const cases = Array.from({ length: 20_000 }, (_, at) => measuredFunction(`a_case_with_quite_a_long_name_${at}`, 1))
    const text = await jobSummary(reportOf(runOf({ cases })))
    expect(Buffer.byteLength(text)).toBeLessThan(summaryLimit)
    expect(Buffer.byteLength(text)).toBeGreaterThan(10_000)
  })
})

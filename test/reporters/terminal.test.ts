import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { terminalSummary } from '../../reporters/index.ts'
import type { Run } from '../../src/model/run.ts'
import { viewOf } from '../../src/report/view.ts'
import { measuredFunction, runOf } from '../report/run-builder.ts'
import { failingRun, passingRun } from '../report/runs.ts'
import { hostileRun } from './hostile.ts'

const summary = (run: Run, columns = 80, color = false): string => terminalSummary(viewOf(run), { columns, color })

describe('the summary in a terminal', () => {
  test('says the verdict and why at the very end', () => {
    const lines = summary(failingRun).trimEnd().split('\n')
    const verdict = lines.findLastIndex((line) => line.includes('FAIL 2 performance gates not met'))
    expect(lines.slice(verdict + 1).every((line) => /^ {3}(•| )/.test(line))).toBe(true)
    expect(lines.slice(verdict).join(' ')).toContain('Parser budget')
    expect(summary(passingRun).trimEnd().split('\n').at(-1)).toBe(' PASS 4 cases measured, nothing stands against a release')
  })

  test.each([40, 60, 80, 100, 160])('is never wider than %i columns, whatever the names are', (columns) => {
    for (const run of [passingRun, failingRun, hostileRun]) {
      const widest = Math.max(
        ...summary(run, columns)
          .split('\n')
          .map((line) => stringWidth(line)),
      )
      expect(widest).toBeLessThanOrEqual(columns)
    }
  })

  test('has the same words with and without colour', () => {
    expect(summary(failingRun, 80, true)).toContain('\u001b[')
    const words = (text: string): string => stripVTControlCharacters(text).replace(/\s+/g, ' ')
    expect(words(summary(failingRun, 80, true))).toBe(words(summary(failingRun)))
  })

  test('lets no control character, escape sequence or reading direction of a name through', () => {
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(summary(hostileRun)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/)
    expect(summary(hostileRun)).toContain('safe⟨U+202E⟩gnp.exe')
  })

  test('shows at most 40 of many cases, the worst of them, and says how many more there are', () => {
    const many = Array.from({ length: 500 }, (_, at) => measuredFunction(`case_${at}`, 1))
    const text = summary(runOf({ cases: [...many, ...failingRun.cases] }))
    expect(text).toContain('fuzzy_search')
    expect(text).toContain('… 470 more in the reports')
    expect(text.split('\n').length).toBeLessThan(120)
  })
})

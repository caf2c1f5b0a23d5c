import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { terminalSummary } from '../../reporters/index.ts'
import type { Run } from '../../src/model/run.ts'
import { comparisonSummary } from '../../reporters/terminal/comparison.ts'
import { terminalOf } from '../../reporters/terminal/terminal-of.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { viewOf } from '../../src/report/view.ts'
import { comparison, measuredFunction, runOf } from '../report/run-builder.ts'
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

  test.each([40, 60, 80, 120])('in ASCII alone is not wider than %i columns either', (columns) => {
    for (const run of [passingRun, failingRun]) {
      const text = terminalSummary(viewOf(run), { columns, color: false, unicode: false })
      expect(text).toMatch(/^[\n -~]+$/)
      expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns)
    }
  })

  test('of a comparison of two versions is ASCII where there is no more, and as narrow', () => {
    const against = { base: '3f9c2ab', head: 'fast-router', seed: 7, pairs: 20, swapped: false, out_of_time: true }
    const report = reportOf({ ...failingRun, against })
    for (const columns of [60, 80, 120]) {
      const text = comparisonSummary(report, { columns, color: false, unicode: false })
      expect(text).toMatch(/^[\n -~]+$/)
      expect(text).toContain('fast-router against 3f9c2ab')
      expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns)
    }
  })

  test('names a few of the cases that are gone, and says how many more there are', () => {
    const missing = Array.from({ length: 10_000 }, (_, at) => ({ id: `gone_${at}`, comparison: comparison('missing') }))
    const text = summary({ ...failingRun, missing })
    expect(text).toContain('gone_9 ')
    expect(text).not.toContain('gone_10 ')
    expect(text).toContain('… 9990 more in the reports, 9990 of them missing')
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

describe('what an output can show', () => {
  const tty = { isTTY: true, columns: 132 }
  const pipe = {}
  test.each([
    ['a terminal', tty, { TERM: 'xterm-256color' }, true],
    ['a pipe', pipe, { TERM: 'xterm-256color' }, false],
    ['a dumb terminal', tty, { TERM: 'dumb' }, false],
    ['a terminal with NO_COLOR', tty, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', tty, { NO_COLOR: '' }, true],
    ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['a pipe with an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true],
    ['a terminal with FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false],
    ['a pipe with both', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('colours of %s', (_, stream, env, color) => {
    expect(terminalOf(stream, env).color).toBe(color)
  })

  test('its width, and 80 columns where it says none', () => {
    expect(terminalOf(tty, {}).columns).toBe(132)
    expect(terminalOf(pipe, {}).columns).toBe(80)
    expect(terminalOf({ isTTY: true, columns: 0 }, {}, 100).columns).toBe(100)
  })

  test('signs beyond ASCII by its locale', () => {
    expect(terminalOf(tty, { LANG: 'de_DE.ISO-8859-1' }).unicode).toBe(false)
  })
})
